import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from '../files/error-code.ts';
import { findProgram, pathFolders } from './find-program.ts';

/** A shell's exit code for a program that was ended by a signal is this and the signal's number. */
const signalBase = 128;
const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGTERM: 15,
};
const passedOn: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Runs another program in place of this one: where the system can, this process is replaced, so that terminal, signals and exit
 * code are that program's own. Elsewhere it runs as a child.
 * @returns the child's exit code; where the process is replaced, it never returns
 * @throws VarvelError `not_found` when there is no such program, `refused` when it may not be run
 */
export async function exec(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (process.platform !== 'win32' && typeof process.execve === 'function') {
    const path = pathOf(program, env);
    // a replacement that fails would end this process with no word of ours
    if (canReplace(program, path)) process.execve(path, [program, ...args], env);
  }
  return asChild(program, args, env);
}

/** As execvp(3): a name with a slash is a path, any other is looked for in PATH. */
function pathOf(program: string, env: NodeJS.ProcessEnv): string {
  const usual = ['/usr/local/bin', '/usr/bin', '/bin'];
  const found = findProgram(program, program.includes('/') ? ['.'] : (pathFolders(env) ?? usual));
  if (found === null) throw noProgram(program);
  if (found === 'forbidden') throw mayNotRun(program);
  return found.path;
}

/**
 * Whether the system runs a file by itself: a program of this machine's kind, or a script that names what runs it.
 * All else is for execvp(3) to try: a script without a first line is one for sh, and a kind of its own may have its runner.
 * @throws VarvelError `refused` for a script whose runner isn't there
 */
function canReplace(program: string, path: string): boolean {
  const head = headOf(path);
  if (head === null) return false;
  const runner = head.toString('latin1').match(/^#![ \t]*([^ \t\n]+)/)?.[1];
  if (runner !== undefined) {
    if (existsSync(runner)) return true;
    throw new VarvelError(
      'refused',
      `“${program}” can't be run: what its first line names is not there.`,
      'Mend that line; it must not end in a carriage return.',
    );
  }
  if (process.platform === 'darwin') return /^(?:cafebabe|[cf][ef]faedfe)/.test(head.toString('hex'));
  // ELF: its class, its byte order, and its machine
  const kind = (bytes: Buffer) => bytes.toString('hex', 0, 6) + bytes.toString('hex', 18, 20);
  const own = headOf(process.execPath);
  return own !== null && kind(own) === kind(head);
}

/** The beginning of a file; null when it may only be run. */
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
  new VarvelError('not_found', `There is no program “${program}”.`, 'Check its name, and your PATH.', {
    cause,
  });

const mayNotRun = (program: string, cause?: unknown) =>
  new VarvelError('refused', `“${program}” may not be run.`, 'Check that it is a program and executable.', {
    cause,
  });

function asChild(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { promise, resolve: done, reject } = Promise.withResolvers<number>();
  const child = spawn(program, args, { env, stdio: 'inherit', windowsHide: false });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of passedOn) process.on(signal, pass);
  child.once('error', (error) =>
    reject(codeOf(error) === 'ENOENT' ? noProgram(program, error) : mayNotRun(program, error)),
  );
  child.once('exit', (code, signal) => {
    for (const name of passedOn) process.off(name, pass);
    done(code ?? signalBase + ((signal && signalNumbers[signal]) || 0));
  });
  return promise;
}
