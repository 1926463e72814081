import { VarvelError } from '../model/error.ts';
import type { GitState } from '../model/machine/git-state.ts';

/** @throws VarvelError `conflict`: what git tracks gets pushed sooner or later */
export function refuseTracked(path: string): never {
  throw new VarvelError('conflict', `git tracks ${path}, so the key would be in your next commit.`, {
    action: 'choose_untracked_file',
  });
}

/**
 * A rotation doesn’t write a new key where git has it, even if somebody forced the old one there.
 * @throws VarvelError `conflict` for a file that git tracks, or that can't be checked
 */
export function refuseRenewal(path: string, gitState: GitState): void {
  if (gitState !== 'tracked' && gitState !== 'unknown') return;
  throw new VarvelError(
    'conflict',
    gitState === 'tracked'
      ? `git tracks ${path}: the key would be in its next commit.`
      : `Git didn’t say whether it tracks ${path}.`,
    'Take the file out of git, and let git ignore it.',
  );
}
