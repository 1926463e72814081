import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from '../files/error-code.ts';
import { findProgram, pathFolders } from './find-program.ts';
import { windowsCommand } from './windows-command.ts';

/** A shell's exit code for a program that a signal ended: this plus the signal's number. */
const signalBase = 128;
const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGTERM: 15,
};
const passedOn: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
/** Windows tells every program of a console itself of Ctrl-C and Ctrl-Break; Node’s kill would end the child at once. */
const leftToWindows: NodeJS.Signals[] = ['SIGINT', 'SIGBREAK', 'SIGHUP'];

/**
 * Runs another program instead of this one. If the system can, it replaces this process, so that terminal, signals and exit
 * code are that program's own. Otherwise it runs as a child.
 * @returns the child's exit code; never returns when the process is replaced
 * @throws VarvelError `not_found` for a missing program, `refused` for one that can't be run
 */
export async function exec(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (process.platform === 'win32') return inWindows(program, args, env);
  if (typeof process.execve === 'function') {
    const path = pathOf(program, env);
    // if replacing failed, this process would end without a message
    if (canReplace(program, path)) process.execve(path, [program, ...args], env);
  }
  return asChild(program, () => spawn(program, args, { env, stdio: 'inherit' }), passedOn);
}

function inWindows(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = windowsCommand(program, args, env);
  if (command === null) throw noProgram(program);
  const { file, args: words, verbatim } = command;
  const start = () =>
    spawn(file, words, { env, stdio: 'inherit', windowsHide: false, windowsVerbatimArguments: verbatim });
  return asChild(program, start, leftToWindows);
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
): Promise<number> {
  const { promise, resolve: done, reject } = Promise.withResolvers<number>();
  let child: ChildProcess;
  try {
    child = start();
  } catch (error) {
    throw mayNotRun(program, error);
  }
  const pass = (signal: NodeJS.Signals) => {
    if (signals === passedOn) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  child.once('error', (error) =>
    reject(codeOf(error) === 'ENOENT' ? noProgram(program, error) : mayNotRun(program, error)),
  );
  child.once('exit', (code, signal) => {
    for (const name of signals) process.off(name, pass);
    done(code ?? signalBase + ((signal && signalNumbers[signal]) || 0));
  });
  return promise;
}
