import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VaultKind } from '../../core/model/machine/vault.ts';
import type { FoundElectron } from '../start/electron.ts';
import { type WindowProgram, windowProgram } from '../start/window-program.ts';
import { bound } from './bound.ts';
import { StepFailed } from './command.ts';
import { ownBrowser, ownScreen } from './own-session.ts';
import { startSandboxProcess } from './sandbox.ts';
import { openStage, root, type Stage } from './stage.ts';

export interface WindowOptions {
  /** Null: the default for the face. */
  vault: VaultKind | null;
  /** Don't open a browser. */
  headless: boolean;
  /** The web view's port; the sandbox uses the next one. Null for any free ones. */
  port: number | null;
  /** As found; null when only the web view is wanted. */
  electron: FoundElectron | null;
}

/** How long a program may take to end, in milliseconds. */
const patienceMs = 10_000;

/**
 * Shows the window with sample data until it quits or the demo is interrupted.
 * @param interrupted aborted when the demo should end
 * @returns the exit code
 * @throws StepFailed, NoKeychain
 */
export async function showWindow(options: WindowOptions, interrupted: AbortSignal): Promise<number> {
  const { headless, port, electron } = options;
  const window = windowProgram(electron, 'demo');
  if (window === null) throw new StepFailed('Couldn’t build the desktop program.');
  const vault = options.vault ?? defaultVault(window);
  try {
    await using stage = await openStage(vault);
    // also for the temporary files of Electron and the sandbox
    stage.env.TMPDIR = join(stage.folder, 'tmp');
    await mkdir(stage.env.TMPDIR, { mode: 0o700 });
    say(`Setting up a temporary home, a sandbox and ${stage.vault}…`);
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
    // Ctrl-C is the normal way to quit
    if (interrupted.aborted) return 0;
    throw error;
  } finally {
    say('Everything was cleaned up.');
  }
}

/** A keychain's private bus has no tray, so the desktop program uses the passphrase vault. */
const defaultVault = ({ face }: WindowProgram): VaultKind =>
  face === 'desktop' && process.platform === 'linux' ? 'file' : 'keychain';

const say = (text: string): void => void process.stderr.write(`demo: ${text}\n`);

/** Signs people in and creates their keys and profiles, in its own process: libraries read its variables. */
async function fill(stage: Stage, control: string, interrupted: AbortSignal): Promise<void> {
  const program = join(import.meta.dirname, 'fill.ts');
  const code = await run(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, control],
    stage.env,
    interrupted,
  );
  interrupted.throwIfAborted();
  if (code !== 0) throw new StepFailed('Couldn’t create the demo’s sample data.');
}

/** Runs a program on this terminal. @returns its exit code; 0 when it was asked to end */
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

/** A file that switches another terminal's shell to the demo's home. Null on Windows. */
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
    'Ada is signed in with GitHub and with SSO, Grace with Google. Grace’s account is locked.',
    'To sign in, choose any method in the window, then a person on the sandbox’s page:',
    '  GitHub: Ada Lovelace · Google: Ada Lovelace or Grace Hopper · SSO: the domain example.com, Ada Lovelace',
  ];
  if (shell !== null) lines.push(`To use the command line with this home, in another terminal:  . ${shell}`);
  if (port !== null)
    lines.push(
      `From another machine:  ssh -L ${port}:127.0.0.1:${port} -L ${port + 1}:127.0.0.1:${port + 1} MACHINE`,
    );
  lines.push(
    face === 'web'
      ? 'To stop, press Ctrl-C here or quit in the window. This link opens the window, once:'
      : 'To stop, press Ctrl-C here or quit in the menu or the tray.',
  );
  return lines.join('\n      ');
}
