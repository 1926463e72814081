import { VarvelError } from '../model/error.ts';
import type { Hint } from '../model/hint.ts';

/** The vault answers, and doesn't hold the secret of a key. */
export const secretMissing = (keyId: string, hint: Hint = { action: 'find_secret', keyId }): VarvelError =>
  new VarvelError('not_found', `The secret of key ${keyId} is not in this vault.`, hint);

/** A profile has no key to hand over. */
export const profileWithoutKey = (
  profile: string,
  hint: Hint = { action: 'set_key', profile },
): VarvelError => new VarvelError('not_found', `The profile “${profile}” has no key.`, hint);
