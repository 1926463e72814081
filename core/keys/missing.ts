import { VarvelError } from '../model/error.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { Hint } from '../model/hint.ts';

/** The vault is unlocked, and doesn't hold a key's secret. */
export const secretMissing = (keyId: string, hint: Hint = { action: 'find_secret', keyId }): VarvelError =>
  new VarvelError('not_found', `The secret of key ${keyId} is not in this vault.`, hint);

/** More keys without a secret than are named. */
export const otherSecretsMissing = (count: number): VarvelError =>
  new VarvelError(
    'not_found',
    `The ${count === 1 ? 'secret of 1 more key is' : `secrets of ${count} more keys are`} not in this vault.`,
    'The other vault may have them. If not, compare the keys with fal (reconcile), and forget those.',
  );

/** fal lists the key, and its secret was never here or was forgotten. */
export const onlyAtFal = ({ id, alias, account }: Omit<StoredKey, 'createdAt'>): VarvelError =>
  new VarvelError(
    'not_found',
    `Key ${alias === null ? id : `“${alias}” (${id})`} of ${account?.nickname ?? 'an unknown account'} is only at fal: its secret is not here.`,
    { action: 'find_secret', keyId: id },
  );

/** A profile has no key. */
export const profileWithoutKey = (
  profile: string,
  hint: Hint = { action: 'set_key', profile },
): VarvelError => new VarvelError('not_found', `Profile “${profile}” has no key.`, hint);
