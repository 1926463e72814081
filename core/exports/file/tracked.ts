import { VarvelError } from '../../model/error.ts';
import type { Ports } from '../../ports.ts';
import { largestFile } from './look.ts';

/** @throws VarvelError `conflict`: what git tracks gets pushed sooner or later */
export function refuseTracked(path: string): never {
  throw new VarvelError('conflict', `git tracks ${path}, so the key would be in your next commit.`, {
    action: 'choose_untracked_file',
  });
}

/**
 * A rotation doesn’t write a new key where git has it, even if somebody forced the old one there; nor into a file with other
 * names: writing replaces the file, and they would keep the old key.
 * @throws VarvelError `conflict` for such a file, or one that can't be checked, `storage_*`
 */
export async function refuseRenewal(
  { files, git }: Pick<Ports, 'files' | 'git'>,
  path: string,
): Promise<void> {
  const { names, mountedAt } = await files.read(path, { limit: largestFile });
  if (names > 1)
    throw new VarvelError(
      'conflict',
      `${path} has ${names} names (hard links), and the others would keep the old key.`,
      'Delete the other names, or make each a file of its own.',
    );
  if (mountedAt !== null)
    throw new VarvelError(
      'conflict',
      `${path} is also mounted at ${mountedAt}, which would keep the old key.`,
      'Stop what uses it there, or unmount it.',
    );
  const gitState = await git.state(path);
  if (gitState !== 'tracked' && gitState !== 'unknown') return;
  throw new VarvelError(
    'conflict',
    gitState === 'tracked'
      ? `git tracks ${path}: the key would be in its next commit.`
      : `Git didn’t say whether it tracks ${path}.`,
    'Take the file out of git, and let git ignore it.',
  );
}
