import { isYetToCome } from '../fal/fal-time.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { KeyTest } from '../keys/key-test.ts';
import { VarvelError } from '../model/error.ts';
import type { Rotation } from '../model/machine/rotation.ts';
import type { Ports } from '../ports.ts';
import { unsure } from './turns.ts';

/** What the key that stays after a rotation says, before the other one is revoked. */
export function createStayingKey(
  { state, clock, http }: Pick<Ports, 'state' | 'clock' | 'http'>,
  { store, test }: { store: KeyStore; test: KeyTest },
) {
  const idOf = ({ direction, oldKeyId, newKeyId }: Rotation): string =>
    (direction === 'forward' ? newKeyId : oldKeyId) ?? '';

  return {
    /** @throws VarvelError `not_found` when it was forgotten here, by hand: it may still work */
    mustBeHere(rotation: Rotation): void {
      if (!state.keys.get(idOf(rotation))) throw forgotten(rotation.oldKeyId, idOf(rotation));
    },

    /**
     * The key may have been revoked meanwhile, by hand: then the other one is the last that works.
     * @throws VarvelError `conflict`, `not_found` when it was forgotten, `unreachable` when it can't be tested
     */
    async mustWork({ oldKeyId }: Rotation, keyId: string, signal?: AbortSignal): Promise<void> {
      const key = state.keys.get(keyId);
      if (!key || (await store.read(keyId)) === null) throw forgotten(oldKeyId, keyId);
      const { verdict } = await test.one(key, signal);
      if (unsure.includes(verdict.kind))
        throw new VarvelError(
          'unreachable',
          `Nothing is revoked: key ${keyId}, which is to stay, can’t be tested now. ${verdict.message}`,
          { action: 'resume_rotation', keyId: oldKeyId },
        );
      if (verdict.kind !== 'invalid') return;
      throw new VarvelError(
        'conflict',
        `Nothing is revoked: key ${keyId}, which is to stay, doesn’t work any more.`,
        { action: 'resume_rotation', keyId: oldKeyId },
      );
    },

    /**
     * Asks fal, which says what time it is: the grace period may be over by this computer's clock alone.
     * @throws VarvelError `conflict`
     */
    async refuseEarly(rotation: Rotation, signal?: AbortSignal): Promise<void> {
      const { oldKeyId, graceMs, revokeAt } = rotation;
      const key = state.keys.get(idOf(rotation));
      if (graceMs === 0 || revokeAt === null || revokeAt > clock.now() || !key) return;
      await test.one(key, signal);
      if (isYetToCome(revokeAt, http)) throw clockAhead(oldKeyId);
    },
  };
}

const forgotten = (oldKeyId: string, keyId: string) =>
  new VarvelError(
    'not_found',
    `Nothing is revoked: the secret of key ${keyId}, which is to stay, is not here any more. Add the key again, or go back to the other one.`,
    { action: 'resume_rotation', keyId: oldKeyId },
  );

const clockAhead = (keyId: string) =>
  new VarvelError(
    'conflict',
    'Nothing is revoked yet: by fal’s clock the grace period isn’t over, and this computer’s is ahead of it.',
    { action: 'resume_rotation', keyId },
  );
