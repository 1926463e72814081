import { VarvelError } from '../model/error.ts';

/** @throws VarvelError `conflict`: what git tracks gets pushed sooner or later */
export function refuseTracked(path: string): never {
  throw new VarvelError('conflict', `git tracks ${path}, so the key would be in your next commit.`, {
    action: 'choose_untracked_file',
  });
}
