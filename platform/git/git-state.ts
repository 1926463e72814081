import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { GitState } from '../../core/model/machine/git-state.ts';
import type { Git } from '../../core/ports.ts';
import { codeOf } from '../files/error-code.ts';
import { startFolder } from '../process/start-folder.ts';
import { gitEnvironment, safeSettings } from './git-command.ts';

export const createGit = (): Git => ({ state: gitState });

/**
 * What git does with a file. A repository around the nearest one may track it, too: it has since before the inner one was made.
 * @param path absolute, with links in its folders resolved; may not exist yet
 */
async function gitState(path: string): Promise<GitState> {
  const state = await nearestState(path);
  if (state === 'tracked' || state === 'unknown') return state;
  for (const top of repositoriesAbove(dirname(path))) {
    const there = await listedIn(top, path);
    if (there !== 'open') return there;
  }
  return state;
}

/** What the index of a repository says of a file anywhere in it. */
async function listedIn(top: string, path: string): Promise<'tracked' | 'unknown' | 'open'> {
  const way = relative(top, path).split(sep).join('/');
  const listed = await git(
    join(top, 'any'),
    '--literal-pathspecs',
    'ls-files',
    '--error-unmatch',
    '--',
    `./${way}`,
  );
  if (listed.status === 0) return 'tracked';
  // another user's, which git doesn't read: its owner commits what it tracks
  if (listed.stderr.includes('dubious ownership')) return mayBeInIndex(top, way) ? 'unknown' : 'open';
  const isNone = listed.status === 'no_program' || noRepository.test(listed.stderr);
  return isNone || (listed.status === 1 && complaints(listed) === 1) ? 'open' : 'unknown';
}

/** What the nearest repository does with it. */
async function nearestState(path: string): Promise<GitState> {
  // without its folder, a file can still be tracked
  if (!existsSync(dirname(path))) return nearestState(dirname(path));
  const inside = await git(path, 'rev-parse', '--is-inside-work-tree');
  if (inside.status === 'no_program') return repositoriesAbove(dirname(path)).length > 0 ? 'unknown' : 'none';
  if (inside.status !== 0) return noRepository.test(inside.stderr) ? 'none' : 'unknown';
  if (inside.stdout.trim() !== 'true') return 'none';
  const listed = await git(path, '--literal-pathspecs', 'ls-files', '--error-unmatch', '--', name(path));
  if (listed.status === 0) return 'tracked';
  if (listed.status !== 1 || complaints(listed) !== 1) return 'unknown';
  // without the index: that is known now, and check-ignore would match its names against this one as a pattern
  const { status } = await git(path, 'check-ignore', '--no-index', '--quiet', '--', name(path));
  return status === 0 ? 'ignored' : status === 1 ? 'open' : 'unknown';
}

/** Whether a repository's index may name a file. False only for one that can be read, and has whole names: before version 4. */
function mayBeInIndex(top: string, way: string): boolean {
  try {
    const index = readFileSync(join(top, '.git', 'index'));
    return index.toString('latin1', 0, 4) !== 'DIRC' || index.readUInt32BE(4) > 3 || index.includes(way);
  } catch {
    return true;
  }
}

/** The folders at or above one that git would take for a repository's. */
function repositoriesAbove(folder: string): string[] {
  const above = dirname(folder);
  const here = existsSync(join(folder, '.git')) ? [folder] : [];
  return above === folder ? here : [...here, ...repositoriesAbove(above)];
}

/** Only of a folder outside all repositories. A repository that can't be opened is named after a colon. */
const noRepository = /^fatal: not a git repository \(or any /m;

/** How many errors git reports. One says that the file isn't tracked. Any other means that it couldn't read all. */
const complaints = ({ stderr }: GitResult): number => stderr.match(/^(error|fatal): /gm)?.length ?? 0;

/** With ./, since git treats a name that starts with a colon in a special way. */
const name = (path: string): string => `./${basename(path)}`;

interface GitResult {
  /** The exit code; `no_program` without git, `failed` when it could not be started or was killed. */
  status: number | 'no_program' | 'failed';
  stdout: string;
  stderr: string;
}

function git(path: string, ...args: string[]): Promise<GitResult> {
  const options = {
    cwd: startFolder,
    env: gitEnvironment(),
    timeout: 10_000,
    killSignal: 'SIGKILL',
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      ['-C', dirname(path), ...safeSettings, ...args],
      options,
      (error, stdout, stderr) => {
        const { exitCode } = child;
        const failed = codeOf(error) === 'ENOENT' ? 'no_program' : 'failed';
        // below 0: an error from the system
        resolve({ status: exitCode === null || exitCode < 0 ? failed : exitCode, stdout, stderr });
      },
    );
  });
}
