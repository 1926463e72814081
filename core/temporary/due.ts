import { isDue, type TemporaryKey } from '../model/fal/temporary-key.ts';
import type { State } from '../ports/state.ts';

/** How much longer another machine's key lives for this one, whose clock may be ahead of that one's, in milliseconds. */
export const skewMs = 900_000;

/** Whether a temporary key is to be revoked from here: one that was made here at its time, another machine's some time later. */
export function isDueHere({ keys }: Pick<State, 'keys'>, key: TemporaryKey, now: number): boolean {
  const { held, keyId, expiresAt } = key;
  const isMadeHere = held || keyId === null || keys.get(keyId) !== null;
  return isDue({ ...key, expiresAt: expiresAt + (isMadeHere ? 0 : skewMs) }, now);
}
