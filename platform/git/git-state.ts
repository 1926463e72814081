import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type { Git, GitState } from '../../core/ports.ts';

export const createGit = (): Git => ({ state: gitState });

/** @param path absolute, with links in its folders resolved; may not exist yet */
async function gitState(path: string): Promise<GitState> {
  const inside = await git(path, 'rev-parse', '--is-inside-work-tree');
  if (inside.status === null) return 'none';
  if (inside.status !== 0) return /not a git repository/i.test(inside.stderr) ? 'none' : 'unknown';
  if (inside.stdout.trim() !== 'true') return 'none';
  if ((await git(path, 'ls-files', '--error-unmatch', '--', name(path))).status === 0) return 'tracked';
  const { status } = await git(path, 'check-ignore', '--quiet', '--', name(path));
  return status === 0 ? 'ignored' : status === 1 ? 'open' : 'unknown';
}

/** With ./, since git treats a name that starts with a colon in a special way. */
const name = (path: string): string => `./${basename(path)}`;

interface GitResult {
  /** Null when git could not be started, or was killed. */
  status: number | null;
  stdout: string;
  stderr: string;
}

function git(path: string, ...args: string[]): Promise<GitResult> {
  // a git hook sets these, and they would lead to another repository
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  const options = {
    cwd: dirname(path),
    env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    timeout: 10_000,
  };
  return new Promise((resolve) => {
    const child = execFile('git', args, options, (_error, stdout, stderr) => {
      const { exitCode } = child;
      // below 0: an error from the system
      resolve({ status: exitCode === null || exitCode < 0 ? null : exitCode, stdout, stderr });
    });
  });
}
