import { VarvelError } from '../model/error.ts';
import type { Hint } from '../model/hint.ts';

/** The vault is unlocked, and doesn't hold a key's secret. */
export const secretMissing = (keyId: string, hint: Hint = { action: 'find_secret', keyId }): VarvelError =>
  new VarvelError('not_found', `The secret of key ${keyId} is not in this vault.`, hint);

/** A profile has no key. */
export const profileWithoutKey = (
  profile: string,
  hint: Hint = { action: 'set_key', profile },
): VarvelError => new VarvelError('not_found', `Profile “${profile}” has no key.`, hint);
