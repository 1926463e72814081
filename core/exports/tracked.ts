import { VarvelError } from '../model/error.ts';

/** @throws VarvelError `conflict`: what git has is pushed sooner or later */
export function refuseTracked(path: string): never {
  throw new VarvelError('conflict', `${path} is tracked by git: the key would be in the next commit.`, {
    action: 'choose_untracked_file',
  });
}
