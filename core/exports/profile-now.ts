import { VarvelError } from '../model/error.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../ports.ts';

/**
 * A profile as it is now: since a person chose it, its key may have been rotated.
 * @throws VarvelError `not_found` when it was deleted or renamed
 */
export function profileNow({ profiles }: Pick<Ports['state'], 'profiles'>, name: string): Profile {
  const profile = profiles.get(name);
  if (profile) return profile;
  throw new VarvelError('not_found', `Profile “${name}” was deleted or renamed meanwhile.`, {
    action: 'list_profiles',
    nearest: null,
  });
}
