import { profileWithoutKey } from '../../../core/keys/missing.ts';
import { hasCode, VarvelError } from '../../../core/model/error.ts';
import type { AccountName } from '../../../core/model/fal/account.ts';
import type { StoredKey } from '../../../core/model/fal/key.ts';
import type { Varvel } from '../../../core/varvel.ts';
import type { Context } from '../../framework/command.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

/** What the arguments name. */
export interface Wanted {
  name?: string | undefined;
  account: string | undefined;
}

/** A stored key, and the profile that it is meant for. */
export interface Target {
  key: StoredKey;
  profile: string | null;
  /** The account that the profile has, or the key. */
  expected: AccountName | null;
}

export function usedBy(varvel: Varvel, key: StoredKey): Target {
  const profile = varvel.keys.usersOf(key.id)[0];
  return { key, profile: profile?.name ?? null, expected: profile?.account ?? key.account };
}

/**
 * The key that a command is about: by a profile, or by itself; without a name, the active profile's.
 * @throws VarvelError `not_found`, `ambiguous`
 */
export async function keyTarget(
  varvel: Varvel,
  context: Context,
  { name, account }: Wanted,
): Promise<Target> {
  if (name === undefined || varvel.profiles.names().includes(name)) {
    const { profile } = chosenProfile(varvel, context, name);
    if (profile.keyId === null) throw profileWithoutKey(profile.name);
    const key = varvel.keys.find(profile.keyId);
    return { key, profile: profile.name, expected: profile.account ?? key.account };
  }
  try {
    return usedBy(varvel, await varvel.keys.findHere(name, account ?? null, context.signal));
  } catch (error) {
    if (!hasCode(error, 'not_found') || error.hint.action !== 'list_keys') throw error;
    throw new VarvelError('not_found', `No results for “${name.slice(0, 80)}”.`, error.hint);
  }
}
