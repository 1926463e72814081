import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type { Git, GitState } from '../../core/ports.ts';

export const createGit = (): Git => ({ state: gitState });

/** @param path absolute, without links in its folders; need not be there yet */
async function gitState(path: string): Promise<GitState> {
  const inside = await git(path, 'rev-parse', '--is-inside-work-tree');
  if (inside.status === null) return 'none';
  if (inside.status !== 0) return /not a git repository/i.test(inside.stderr) ? 'none' : 'unknown';
  if (inside.stdout.trim() !== 'true') return 'none';
  if ((await git(path, 'ls-files', '--error-unmatch', '--', name(path))).status === 0) return 'tracked';
  const { status } = await git(path, 'check-ignore', '--quiet', '--', name(path));
  return status === 0 ? 'ignored' : status === 1 ? 'open' : 'unknown';
}

/** A name that begins with a colon would be magic to git. */
const name = (path: string): string => `./${basename(path)}`;

interface Said {
  /** Null when git could not be started, or was ended. */
  status: number | null;
  stdout: string;
  stderr: string;
}

function git(path: string, ...args: string[]): Promise<Said> {
  // those that a hook of git's sets would lead to another repository
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  const options = {
    cwd: dirname(path),
    env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    timeout: 10_000,
  };
  return new Promise((resolve) => {
    const child = execFile('git', args, options, (_error, stdout, stderr) => {
      const { exitCode } = child;
      // below 0 is the system's own error
      resolve({ status: exitCode === null || exitCode < 0 ? null : exitCode, stdout, stderr });
    });
  });
}
