import { secretMissing } from '../../keys/missing.ts';
import type { State } from '../../ports/state.ts';
import { type SecretStore, secretName } from '../../ports.ts';
import type { KeyText } from './key-text.ts';

/** A key that was rotated, and the one that everything has in its place now. */
export interface RotatedKey {
  from: KeyText;
  to: { id: string; text: string };
}

/**
 * The keys that an undo would bring back, and that were rotated since. A rotation puts the new key into the undos that it can
 * read, but not into one that is in the other vault, or was damaged then.
 * @param restored the texts that it restores
 * @throws VarvelError `vault_*`, `not_found` when the newest key isn't here: nothing must bring back the one that was revoked
 */
export async function rotatedKeysIn(
  { state, secrets }: { state: Pick<State, 'rotations'>; secrets: SecretStore },
  restored: readonly (string | null)[],
): Promise<RotatedKey[]> {
  const successors = new Map(state.rotations.replaced().map((pair) => [pair.oldKeyId, pair.newKeyId]));
  const found: RotatedKey[] = [];
  for (const [oldKeyId, newKeyId] of successors) {
    if (!restored.some((text) => text?.includes(`${oldKeyId}:`))) continue;
    let newest = newKeyId;
    for (let next = successors.get(newest); next !== undefined; next = successors.get(newest)) newest = next;
    const text = await secrets.get(secretName.key(newest));
    if (text === null) throw secretMissing(newest);
    found.push({ from: { id: oldKeyId, text: null }, to: { id: newest, text } });
  }
  return found;
}
