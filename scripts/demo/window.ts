import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VaultKind } from '../../core/model/vault.ts';
import type { FoundElectron } from '../start/electron.ts';
import { type WindowProgram, windowProgram } from '../start/window-program.ts';
import { bound } from './bound.ts';
import { StepFailed } from './command.ts';
import { ownBrowser, ownScreen } from './own-session.ts';
import { startSandboxProcess } from './sandbox.ts';
import { openStage, root, type Stage } from './stage.ts';

export interface WindowOptions {
  /** Null takes the one that suits the face. */
  vault: VaultKind | null;
  /** Open no browser. */
  headless: boolean;
  /** Of the web view; the sandbox takes the next one. Null for any free ones. */
  port: number | null;
  /** As found; null when only the web view is wanted. */
  electron: FoundElectron | null;
}

/** How long a program that was told to end may take, in milliseconds. */
const patienceMs = 10_000;

/**
 * The window, on a home that has something to look at, until it is quit or the demo is interrupted.
 * @param interrupted aborted when the demo is to end
 * @returns the exit code
 * @throws StepFailed, NoKeychain
 */
export async function showWindow(options: WindowOptions, interrupted: AbortSignal): Promise<number> {
  const { headless, port, electron } = options;
  const window = windowProgram(electron, 'demo');
  if (window === null) throw new StepFailed('The desktop program could not be built.');
  const vault = options.vault ?? usualVault(window);
  try {
    await using stage = await openStage(vault);
    // also what Electron and the sandbox leave behind
    stage.env.TMPDIR = join(stage.folder, 'tmp');
    await mkdir(stage.env.TMPDIR, { mode: 0o700 });
    say(`It has a home, a fal and a vault of its own (${stage.vault}). Filling them takes a moment.`);
    interrupted.throwIfAborted();
    await using sandbox = await startSandboxProcess(stage, port === null ? undefined : port + 1);
    stage.env.VARVEL_ENVIRONMENT = sandbox.environment;
    await fill(stage, sandbox.control, interrupted);
    const shell = await writeShell(stage);
    say(whatToDo(window, shell, port));

    Object.assign(stage.env, headless ? {} : ownBrowser(stage, process.env));
    if (window.face === 'desktop') Object.assign(stage.env, ownScreen(process.env, vault === 'file'));
    const web = [...(headless ? ['--no-browser'] : []), ...(port === null ? [] : ['--port', String(port)])];
    const args = window.face === 'web' ? [...window.args, ...web] : window.args;
    return await run(window.program, args, stage.env, interrupted);
  } catch (error) {
    // Ctrl-C is how one leaves it
    if (interrupted.aborted) return 0;
    throw error;
  } finally {
    say('Everything it started and wrote is cleared away.');
  }
}

/** A private bus for a keychain would have no tray on it, so the desktop program takes the other vault. */
const usualVault = ({ face }: WindowProgram): VaultKind =>
  face === 'desktop' && process.platform === 'linux' ? 'file' : 'keychain';

const say = (text: string): void => void process.stderr.write(`demo: ${text}\n`);

/** Signs people in and makes their keys and profiles, as a process of its own: libraries read its variables. */
async function fill(stage: Stage, control: string, interrupted: AbortSignal): Promise<void> {
  const program = join(import.meta.dirname, 'fill.ts');
  const code = await run(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, control],
    stage.env,
    interrupted,
  );
  interrupted.throwIfAborted();
  if (code !== 0) throw new StepFailed('The demo’s home could not be filled.');
}

/** Runs a program that has this terminal. @returns its exit code; 0 when it was told to end */
async function run(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  interrupted: AbortSignal,
): Promise<number> {
  interrupted.throwIfAborted();
  const child = spawn(...bound(program, args), { env, cwd: root, stdio: 'inherit' });
  const ended = once(child, 'exit');
  const end = () => endInTime(child);
  interrupted.addEventListener('abort', end);
  try {
    const [code] = await ended;
    return interrupted.aborted ? 0 : (code ?? 1);
  } finally {
    interrupted.removeEventListener('abort', end);
  }
}

function endInTime(child: ChildProcess): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  child.once('exit', () => clearTimeout(timer));
}

/** A file that makes another terminal's shell one of the demo's. Null where it would be no use. */
async function writeShell({ folder, env }: Stage): Promise<string | null> {
  if (process.platform === 'win32') return null;
  const path = join(folder, 'shell');
  const names = Object.keys(env).filter((name) =>
    /^(HOME|PATH|VARVEL_\w+|FAL_CONFIG_PATH|DBUS_\w+|XDG_\w+)$/.test(name),
  );
  const lines = names.map((name) => `export ${name}='${(env[name] ?? '').replaceAll("'", "'\\''")}'`);
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  return path;
}

function whatToDo({ face }: WindowProgram, shell: string | null, port: number | null): string {
  const lines = [
    'Ada is signed in by GitHub and by SSO, Grace by Google; Grace’s account is locked.',
    'To sign in yourself, choose any way in the window; the sandbox’s page then asks who you are:',
    '  GitHub: Ada Lovelace · Google: Ada Lovelace or Grace Hopper · SSO: the domain example.com, Ada Lovelace',
  ];
  if (shell !== null) lines.push(`The command line on the same home, in another terminal:  . ${shell}`);
  if (port !== null)
    lines.push(
      `From another machine:  ssh -L ${port}:127.0.0.1:${port} -L ${port + 1}:127.0.0.1:${port + 1} MACHINE`,
    );
  lines.push(
    face === 'web'
      ? 'Ctrl-C here, or Quit among the window’s actions, ends it. This link opens it, once:'
      : 'Ctrl-C here, or Quit in the menu or the tray, ends it.',
  );
  return lines.join('\n      ');
}
