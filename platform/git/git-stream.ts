import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from '../files/error-code.ts';
import { cancelled } from '../process/cancelled.ts';
import { startFolder } from '../process/start-folder.ts';
import { gitEnvironment, safeSettings } from './git-command.ts';

export interface GitRun {
  /** `--git-dir=…`, or -C and a folder. */
  where: readonly string[];
  args: readonly string[];
  /** What git reads: lines, or another git's output. */
  input?: string | Readable;
  /** Names of further variables that git gets. */
  variables?: readonly string[];
  /** How long it may say nothing, in milliseconds; no limit by default. */
  silentMs?: number;
  signal: AbortSignal;
}

/** Longer than git needs to say something. A repository that was unpacked may hold a FIFO, for which git waits forever. */
export const longestSilenceMs = 30_000;

/** A git that can't be started. */
export const noGit = (cause?: unknown): VarvelError =>
  new VarvelError('not_found', 'git was not found.', 'Install git, or check your PATH.', { cause });

/**
 * Runs git without any program of the repository, and passes its output on as it comes.
 * @param take gets the output in parts; false ends git
 * @throws VarvelError `not_found` without git, `unexpected` when git fails or says nothing for too long, `cancelled`
 */
export async function streamGit(run: GitRun, take: TakePart): Promise<void> {
  await openGit(run)(take);
}

/** Gets a part of git's output; false ends git. */
type TakePart = (part: Buffer) => boolean | undefined;

/**
 * Starts git. Until its output is read, it works on as far as a pipe has room.
 * @returns reads the output, as streamGit does
 * @throws VarvelError `cancelled`
 */
export function openGit(run: GitRun): (take: TakePart) => Promise<void> {
  const { args, input, silentMs, signal } = run;
  if (signal.aborted) throw cancelled();
  const child = startGit(run);
  const ended = once(child, 'close');
  // reported by `ended`, or by what git says
  ended.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  if (typeof input === 'object') input.pipe(child.stdin);
  else child.stdin.end(input);
  // else Node throws away what isn't read yet when git ends
  child.stdout.on('readable', () => undefined);
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => {
    if (complaint.length < 2000) complaint += part.toString();
  });
  return async (take) => {
    const stop = () => child.kill('SIGKILL');
    signal.addEventListener('abort', stop);
    let enough = false;
    let silent = false;
    const timer =
      silentMs === undefined
        ? null
        : setTimeout(() => {
            silent = true;
            stop();
          }, silentMs);
    try {
      for await (const part of child.stdout) {
        timer?.refresh();
        if (take(part) !== false) continue;
        enough = true;
        stop();
        break;
      }
      await ended;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw noGit(error);
      throw error;
    } finally {
      if (timer) clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      stop();
    }
    if (signal.aborted) throw cancelled();
    if (silent) throw noAnswer(args[0] ?? '');
    if (!enough && child.exitCode !== 0) throw gitFailed(args[0] ?? '', complaint);
  };
}

/** What git prints, whole. @throws as streamGit */
export async function readGit(run: GitRun): Promise<Buffer> {
  const parts: Buffer[] = [];
  await streamGit(run, (part) => {
    parts.push(part);
    return true;
  });
  return Buffer.concat(parts);
}

/** Starts git; its output is to be read. */
export const startGit = ({
  where,
  args,
  variables,
}: GitRun): ChildProcessByStdio<Writable, Readable, Readable> =>
  spawn('git', [...where, ...safeSettings, ...args], {
    cwd: startFolder,
    env: gitEnvironment(variables),
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });

const noAnswer = (command: string) =>
  new VarvelError(
    'unexpected',
    `git ${command} doesn’t answer.`,
    'Check the repository: git waits forever for a FIFO or a device in it.',
  );

function gitFailed(command: string, complaint: string): VarvelError {
  const [line = ''] = complaint.split('\n').filter((each) => /^(fatal|error):/.test(each));
  const why = line.replace(/^(fatal|error): /, '').slice(0, 300);
  return new VarvelError(
    'unexpected',
    `git ${command} failed${why === '' ? '' : `: ${why}`}.`,
    'Run `git fsck` in the repository to check it.',
  );
}
