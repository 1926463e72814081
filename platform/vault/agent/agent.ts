import { spawn } from 'node:child_process';
import { unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { VarvelError } from '../../../core/model/error.ts';
import { hasErrorCode } from '../../files/error-code.ts';
import { makePrivateFolder } from '../../files/private-folder.ts';
import { type AgentAddress, agentAddress, isPrivate } from './agent-address.ts';

/** What an agent holds. */
export interface Held {
  /** AGE-SECRET-KEY-1… */
  identity: string;
  /** The fingerprint of the opened identity.age. */
  fingerprint: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** An agent that takes longer is ignored. */
const patienceMs = 300;
const startMs = 5000;

/**
 * Asks the vault's agent for the identity.
 * @returns null when no agent answers within 300 ms, or it holds another vault's identity
 */
export async function askAgent(vault: string, fingerprint: string): Promise<Held | null> {
  const answer = await request(agentAddress(vault), 'identity');
  const held = answer === null ? null : decodeHeld(answer);
  return held?.fingerprint === fingerprint && held.expiresAt > Date.now() ? held : null;
}

/**
 * Ends the vault's agent. If it doesn't answer, its socket is removed, and it ends itself as soon as it runs.
 * @returns whether there was one
 */
export async function endAgent(vault: string): Promise<boolean> {
  const address = agentAddress(vault);
  const ended = (await request(address, 'end')) !== null;
  if (address.folder === null) return ended;
  const removed = await unlink(address.socket).then(
    () => true,
    () => false,
  );
  return ended || removed;
}

export interface StartAgent {
  vault: string;
  held: Held;
  /** The command that runs `serveAgent()`, as absolute paths: [process.execPath, the CLI's file, its hidden word]. */
  program: [string, ...string[]];
}

/**
 * Starts the vault's agent, replacing a running one, and returns when it listens. The identity goes through a pipe.
 * From this process's environment it gets only what finds libraries and the home folder.
 * @throws VarvelError `unexpected` when it doesn't start
 */
export async function startAgent({ vault, held, program }: StartAgent): Promise<void> {
  const address = agentAddress(vault);
  await endAgent(vault);
  if (address.folder !== null) {
    prepareFolder(address.folder);
    if (!(await isPrivate(address.folder))) throw notStarted(`others can open ${address.folder}`);
  }
  const [command, ...args] = program;
  const child = spawn(command, args, {
    cwd: process.platform === 'win32' ? homedir() : '/',
    detached: true,
    env: agentEnvironment(process.env),
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify({ address, held }));
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(notStarted('it didn’t start in time')), startMs);
      const settle = (act: () => void) => {
        clearTimeout(timer);
        act();
      };
      child.once('error', (error) => settle(() => reject(notStarted(error.message))));
      child.once('exit', (code) => settle(() => reject(notStarted(`it exited with code ${code}`))));
      child.stdout.once('data', () => settle(resolve));
    });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    child.removeAllListeners('exit');
    child.stdout.destroy();
    child.unref();
  }
}

/** A failure shows right after. */
function prepareFolder(folder: string): void {
  try {
    makePrivateFolder(folder, () => true);
  } catch {}
}

const passedOn = ['PATH', 'HOME', 'LD_LIBRARY_PATH', 'SystemRoot', 'USERPROFILE', 'TEMP'];

const agentEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(passedOn.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));

const notStarted = (why: string): VarvelError =>
  new VarvelError(
    'unexpected',
    `The vault’s agent can’t start: ${why}.`,
    'You can continue without it and enter the passphrase each time.',
  );

/** Sends one line and reads one line; null without an answer. Removes a socket that nobody listens on. */
async function request(address: AgentAddress, word: 'identity' | 'end'): Promise<string | null> {
  if (!(await isPrivate(address.folder))) return null;
  return new Promise((resolve) => {
    const socket = connect(address.socket);
    let answer = '';
    const finish = (result: string | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => finish(null), patienceMs);
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`${word}\n`));
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (answer.includes('\n')) finish(answer.slice(0, answer.indexOf('\n')));
      else if (answer.length > 4096) finish(null);
    });
    socket.on('end', () => finish(null));
    socket.on('error', (error) => {
      if (address.folder === null || !hasErrorCode(error, 'ECONNREFUSED')) return finish(null);
      unlink(address.socket)
        .catch(() => undefined)
        .then(() => finish(null));
    });
  });
}

/** Decodes an agent's answer; null when it is not valid. */
export function decodeHeld(text: string): Held | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isHeld(value) ? value : null;
}

export const isHeld = (value: unknown): value is Held =>
  typeof value === 'object' &&
  value !== null &&
  'identity' in value &&
  typeof value.identity === 'string' &&
  'fingerprint' in value &&
  typeof value.fingerprint === 'string' &&
  'expiresAt' in value &&
  typeof value.expiresAt === 'number';
