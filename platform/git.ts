import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';

/**
 * What git would do with a file: it has it (`tracked`), would take it (`open`), leaves it (`ignored`), or there is no
 * repository, or no git, that could (`none`). `unknown`: git is there and would not say.
 */
export type GitState = 'tracked' | 'open' | 'ignored' | 'none' | 'unknown';

/** @param path absolute, without links in its folders; need not be there yet */
export function gitState(path: string): GitState {
  const inside = git(path, 'rev-parse', '--is-inside-work-tree');
  if (inside.error !== undefined) return 'none';
  if (inside.status !== 0) return /not a git repository/i.test(inside.stderr) ? 'none' : 'unknown';
  if (inside.stdout.trim() !== 'true') return 'none';
  if (git(path, 'ls-files', '--error-unmatch', '--', name(path)).status === 0) return 'tracked';
  const ignored = git(path, 'check-ignore', '--quiet', '--', name(path)).status;
  return ignored === 0 ? 'ignored' : ignored === 1 ? 'open' : 'unknown';
}

/** A name that begins with a colon would be magic to git. */
const name = (path: string): string => `./${basename(path)}`;

function git(path: string, ...args: string[]) {
  // those that a hook of git's sets would lead to another repository
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  return spawnSync('git', args, {
    cwd: dirname(path),
    env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    encoding: 'utf8',
    timeout: 10_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
