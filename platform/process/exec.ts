import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from '../files/error-code.ts';
import { ignoredSignals, restoreForProgram, startIgnoring } from './as-started.ts';
import { findProgram, pathFolders } from './find-program.ts';
import { withUsersMask } from './owners-rights.ts';
import { windowsCommand } from './windows-command.ts';

/** A shell's exit code for a program that a signal ended: this plus the signal's number. */
const signalBase = 128;
const passedOn: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];
/** A terminal sends these to every program in its foreground, so to the child too: passed on, they would reach it twice. */
const sentByTerminal: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
/** Windows tells every program of a console itself of Ctrl-C and Ctrl-Break; Node’s kill would end the child at once. */
const leftToWindows: NodeJS.Signals[] = ['SIGINT', 'SIGBREAK', 'SIGHUP'];

/**
 * Runs another program instead of this one. If the system can, it replaces this process, so that terminal, signals and exit
 * code are that program's own. Otherwise it runs as a child.
 * @returns the child's exit code; never returns when the process is replaced
 * @throws VarvelError `not_found` for a missing program, `refused` for one that can't be run
 */
export async function exec(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (process.platform !== 'win32' && typeof process.execve === 'function') {
    const path = pathOf(program, env);
    // if replacing failed, this process would end without a message
    const { execve } = process;
    const ignored = ignoredSignals();
    const ignoring = ignored.length > 0 ? { name: 'sh', ...startIgnoring(ignored, path, args) } : null;
    const command = ignoring ?? (canReplace(program, path) ? { name: program, file: path, args } : null);
    if (command) {
      restoreForProgram();
      withUsersMask(() => execve(command.file, [command.name, ...command.args], env));
    }
  }
  return runChild(program, args, env);
}

/**
 * Runs another program as a child. It gets the signals that this process gets, and decides what they do.
 * @param onStart called with the child's process id
 * @returns its exit code; for a child that a signal ended, what a shell says
 * @throws VarvelError as `exec`
 */
export async function runChild(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  onStart: (pid: number) => void = () => undefined,
): Promise<number> {
  if (process.platform === 'win32') return inWindows(program, args, env, onStart);
  const ignored = ignoredSignals();
  const command =
    ignored.length > 0 ? startIgnoring(ignored, pathOf(program, env), args) : { file: program, args };
  const start = () => withUsersMask(() => spawn(command.file, command.args, { env, stdio: 'inherit' }));
  return asChild(program, start, passedOn, onStart, ignored);
}

function inWindows(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  onStart: (pid: number) => void,
): Promise<number> {
  const command = windowsCommand(program, args, env);
  if (command === null) throw noProgram(program);
  const { file, args: words, verbatim } = command;
  const start = () =>
    spawn(file, words, { env, stdio: 'inherit', windowsHide: false, windowsVerbatimArguments: verbatim });
  return asChild(program, start, leftToWindows, onStart);
}

/** Whether this process is in its terminal's foreground: fields 5 and 8 of /proc/PID/stat, see proc(5). */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  }
}

/** Like execvp(3): a name with a slash is a path, any other is searched in PATH. */
function pathOf(program: string, env: NodeJS.ProcessEnv): string {
  const defaultFolders = ['/usr/local/bin', '/usr/bin', '/bin'];
  const found = findProgram(program, program.includes('/') ? ['.'] : (pathFolders(env) ?? defaultFolders));
  if (found === null) throw noProgram(program);
  if (found === 'forbidden') throw mayNotRun(program);
  return found.path;
}

/**
 * Whether the system can run a file itself: a program for this machine, or a script that names its interpreter.
 * execvp(3) tries the rest: a script without an interpreter runs in sh, and other formats may have a handler.
 * @throws VarvelError `refused` for a script whose interpreter doesn't exist
 */
function canReplace(program: string, path: string): boolean {
  const head = headOf(path);
  if (head === null) return false;
  const interpreter = head.toString('latin1').match(/^#![ \t]*([^ \t\n]+)/)?.[1];
  if (interpreter !== undefined) {
    if (existsSync(interpreter)) return true;
    throw new VarvelError(
      'refused',
      `“${program}” can’t be run: the interpreter in its first line doesn’t exist.`,
      'Fix that line. It must not end with a carriage return.',
    );
  }
  if (process.platform === 'darwin') return /^(?:cafebabe|[cf][ef]faedfe)/.test(head.toString('hex'));
  // ELF: its class, its byte order, and its machine
  const kind = (bytes: Buffer) => bytes.toString('hex', 0, 6) + bytes.toString('hex', 18, 20);
  const own = headOf(process.execPath);
  return own !== null && kind(own) === kind(head);
}

/** The beginning of a file; null when it can be run but not read. */
function headOf(path: string): Buffer | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const bytes = Buffer.alloc(256);
    readSync(file, bytes);
    return bytes;
  } finally {
    closeSync(file);
  }
}

const noProgram = (program: string, cause?: unknown) =>
  new VarvelError('not_found', `Command “${program}” not found.`, 'Check its name and your PATH.', {
    cause,
  });

const mayNotRun = (program: string, cause?: unknown) =>
  new VarvelError('refused', `“${program}” can’t be run.`, 'Check that it is an executable program.', {
    cause,
  });

/** @throws VarvelError, also for what `spawn` throws right away: EFTYPE and EINVAL for a file that is no program */
function asChild(
  program: string,
  start: () => ChildProcess,
  signals: readonly NodeJS.Signals[],
  onStart: (pid: number) => void,
  ignored: readonly NodeJS.Signals[] = [],
): Promise<number> {
  const { promise, resolve: done, reject } = Promise.withResolvers<number>();
  const pass = (signal: NodeJS.Signals) => {
    if (
      signals !== passedOn ||
      ignored.includes(signal) ||
      (sentByTerminal.includes(signal) && isInForeground())
    )
      return;
    child?.kill(signal);
  };
  // before it starts: a signal in between would end this process, and leave the child alone
  const release = takeOver(signals, pass);
  let child: ChildProcess | null = null;
  try {
    child = start();
  } catch (error) {
    release();
    throw mayNotRun(program, error);
  }
  if (child.pid !== undefined) onStart(child.pid);
  child.once('error', (error) => {
    release();
    reject(codeOf(error) === 'ENOENT' ? noProgram(program, error) : mayNotRun(program, error));
  });
  child.once('exit', (code, signal) => {
    release();
    done(code ?? signalBase + (signal ? constants.signals[signal] : 0));
  });
  return promise;
}

/** Handles signals instead of whoever did before. @returns what gives them back */
function takeOver(signals: readonly NodeJS.Signals[], handle: (signal: NodeJS.Signals) => void): () => void {
  const before = signals.map((signal) => ({ signal, listeners: process.rawListeners(signal) }));
  for (const signal of signals) {
    process.removeAllListeners(signal);
    process.on(signal, handle);
  }
  return () => {
    for (const { signal, listeners } of before) {
      process.off(signal, handle);
      for (const listener of listeners) process.on(signal, (...given) => void listener(...given));
    }
  };
}
