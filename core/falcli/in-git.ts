import { VarvelError } from '../model/error.ts';
import type { GitState } from '../model/machine/git-state.ts';

// Some people keep fal's file in a repository of their settings, which a key would end up in.

/** @throws VarvelError `conflict` for a file that git tracks, or that can't be checked */
export function refuseInGit(path: string, git: GitState): void {
  if (git !== 'tracked' && git !== 'unknown') return;
  throw new VarvelError(
    'conflict',
    git === 'tracked'
      ? `git tracks ${path}, so the key would be in your next commit.`
      : `Couldn’t check whether git tracks ${path}, so it was not changed.`,
    { action: 'keep_key_out_of_git' },
  );
}

/** What to say after a key was written to the file; null for nothing. */
export function noteOfGit(path: string, git: GitState): string | null {
  if (git === 'tracked') return `git tracks ${path}. Don’t commit the key.`;
  if (git === 'open') return `git doesn’t ignore ${path}. Add it to .gitignore before you commit.`;
  if (git === 'unknown') return `Couldn’t check whether git tracks ${path}. Don’t commit the key.`;
  return null;
}
