import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type * as z from 'zod/mini';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';
import { giveTo, type Person } from '../../electron/person.ts';
import { type Keyring, startKeyring } from '../keyring.ts';
import { createPlainBrowser } from '../sandbox/plain-browser.ts';
import { ask } from '../sandbox/running.ts';
import { type Ended, type Running, run, start, varvelProgram } from './program.ts';
import { setUpQuickVault } from './quick-vault.ts';

export interface RunOptions {
  /** Variables beside the machine's own; undefined takes one away. */
  env?: Record<string, string | undefined>;
  cwd?: string;
  input?: string;
}

/** A person's machine: an empty home, a vault, and a sandbox instead of fal. */
export interface Machine {
  readonly sandbox: Sandbox;
  /** Everything that belongs to this machine stands below it. */
  readonly root: string;
  /** VARVEL_HOME. */
  readonly home: string;
  /** The environment's folder below VARVEL_HOME. */
  readonly data: string;
  readonly env: Record<string, string>;
  varvel(...args: string[]): Promise<Ended>;
  varvelWith(options: RunOptions, ...args: string[]): Promise<Ended>;
  start(options: RunOptions, ...args: string[]): Running;
  /** Runs it with --json and decodes the document. @throws when it fails */
  json<Schema extends z.ZodMiniType>(schema: Schema, ...args: string[]): Promise<z.infer<Schema>>;
  /** Sends a request to the sandbox's control API. */
  control(path: string, body?: unknown): Promise<unknown>;
  /** Signs a person in by the loopback flow, as a browser would. */
  signIn(person: string, connection: string): Promise<Ended>;
}

const connectionOf = (person: string): string =>
  ({ ada: 'github', 'ada-sso': 'example.com', grace: 'google' })[person] ?? 'github';

export const vaultPassphrase = 'correct horse battery staple';

/** The process's own variables that a program needs; none of Varvel's, fal's or the desktop's. */
const plainEnv = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
});

/** Whose machine it is, and the command line that is installed there. */
export interface Owner {
  person: Person;
  program: string;
}

/**
 * @param keyring the keychain; without one the machine has a passphrase vault and no bus
 * @param quickVault the passphrase vault is set up, and opens in a moment
 */
export async function makeMachine(
  sandbox: Sandbox,
  keyring: Keyring | null,
  owner: Owner = { person: {}, program: varvelProgram },
  quickVault = false,
): Promise<Machine & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), 'varvel-cli-'));
  const home = join(root, 'varvel');
  const folders = { user: join(root, 'home'), tmp: join(root, 'tmp') };
  for (const folder of Object.values(folders)) await mkdir(folder, { mode: 0o700 });
  const environment = join(root, 'environment.json');
  await copyFile(sandbox.environmentPath, environment);
  if (quickVault) await setUpQuickVault(join(home, 'sandbox'), vaultPassphrase);
  giveTo(owner.person, root);
  const env: Record<string, string> = {
    ...plainEnv(),
    HOME: folders.user,
    TMPDIR: folders.tmp,
    VARVEL_HOME: home,
    VARVEL_ENVIRONMENT: environment,
    ...(keyring
      ? {
          VARVEL_VAULT: 'keychain',
          DBUS_SESSION_BUS_ADDRESS: keyring.env.DBUS_SESSION_BUS_ADDRESS ?? '',
          XDG_RUNTIME_DIR: keyring.env.XDG_RUNTIME_DIR ?? '',
        }
      : { VARVEL_VAULT: 'file', VARVEL_PASSPHRASE: vaultPassphrase }),
  };
  const options = ({ env: more, ...rest }: RunOptions) => ({
    cwd: folders.user,
    ...rest,
    person: owner.person,
    env: { ...env, ...more },
  });
  const varvelWith = (given: RunOptions, ...args: string[]) => run(owner.program, args, options(given));
  const begin = (given: RunOptions, ...args: string[]) => start(owner.program, args, options(given));
  return {
    sandbox,
    root,
    home,
    data: join(home, 'sandbox'),
    env,
    varvelWith,
    varvel: (...args) => varvelWith({}, ...args),
    start: begin,
    async json(schema, ...args) {
      const { code, stdout, stderr } = await varvelWith({}, ...args, '--json');
      expect({ code, stderr }).toMatchObject({ code: 0 });
      return schema.parse(JSON.parse(stdout));
    },
    async control(path, body) {
      const { status, body: answer } = await ask(`${sandbox.control}/${path}`, {
        method: 'POST',
        ...(body !== undefined && { body }),
      });
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
      return answer;
    },
    async signIn(person, connection) {
      const login = begin({}, 'login', '--flow', 'loopback', '--connection', connection, '--no-browser');
      const [, url = ''] = await login.says(/(http:\/\/\S+)/);
      const browser = createPlainBrowser();
      await browser.follow(await browser.open(url), `data-person="${person}"`);
      return login.ended;
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

export interface MachineOptions {
  /** A passphrase vault is set up already, unless it is a new one. */
  vault?: 'keychain' | 'file' | 'new file';
  /** Who is signed in before each test. */
  signedIn?: string[];
  /** Else it is whoever runs the tests, with the checkout's command line. */
  owner?: Owner;
}

/** A new machine for each test of a file, beside one sandbox (as new) and one keychain. */
export function newMachine(options: MachineOptions = {}): () => Machine {
  let sandbox: Sandbox | undefined;
  let keyring: Keyring | null = null;
  let machine: (Machine & AsyncDisposable) | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox();
    if ((options.vault ?? 'keychain') === 'keychain') keyring = await startKeyring();
  });
  beforeEach(async () => {
    if (!sandbox) throw new Error('no sandbox');
    await ask(`${sandbox.control}/reset`, { method: 'POST' });
    machine = await makeMachine(sandbox, keyring, options.owner, options.vault === 'file');
    for (const person of options.signedIn ?? []) {
      const { code, stderr } = await machine.signIn(person, connectionOf(person));
      expect({ code, stderr }).toMatchObject({ code: 0 });
    }
  });
  afterEach(async () => {
    await machine?.[Symbol.asyncDispose]();
    machine = undefined;
  });
  afterAll(async () => {
    await keyring?.close();
    await sandbox?.close();
  });
  return () => {
    if (!machine) throw new Error('no machine');
    return machine;
  };
}

/** One machine for all tests of a file, for those that only look. */
export function sharedMachine(
  options: MachineOptions,
  prepare: (machine: Machine) => Promise<void>,
): () => Machine {
  let made: (Machine & AsyncDisposable) | undefined;
  let keyring: Keyring | null = null;
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox();
    if ((options.vault ?? 'keychain') === 'keychain') keyring = await startKeyring();
    made = await makeMachine(sandbox, keyring, options.owner, options.vault === 'file');
    for (const person of options.signedIn ?? []) await made.signIn(person, connectionOf(person));
    await prepare(made);
  });
  afterAll(async () => {
    await made?.[Symbol.asyncDispose]();
    await keyring?.close();
    await sandbox?.close();
  });
  return () => {
    if (!made) throw new Error('no machine');
    return made;
  };
}
