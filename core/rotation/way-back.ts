import type { KeyStore } from '../keys/key-store.ts';
import type { KeyTest } from '../keys/key-test.ts';
import { VarvelError } from '../model/error.ts';
import type { Rotation } from '../model/machine/rotation.ts';
import type { Ports } from '../ports.ts';

/** Whether a rotation can go back to its old key. */
export function createWayBack(
  { state }: Pick<Ports, 'state'>,
  { store, test }: { store: KeyStore; test: KeyTest },
) {
  return {
    /** Whether both keys were forgotten here: there is nothing left to give to anything. */
    isForgotten: async ({ oldKeyId, newKeyId }: Rotation): Promise<boolean> =>
      newKeyId !== null && (await store.read(newKeyId)) === null && (await store.read(oldKeyId)) === null,

    /** @throws VarvelError `conflict`: there is no way back to a key that fal has revoked */
    async refuseDead({ oldKeyId, newKeyId, step }: Rotation, signal?: AbortSignal): Promise<void> {
      if (newKeyId === null) return;
      const key = state.keys.get(oldKeyId);
      const verdict = key && (await store.read(oldKeyId)) ? (await test.one(key, signal)).verdict : null;
      if (verdict && verdict.kind !== 'invalid' && (verdict.kind !== 'unreachable' || step !== 'revoke'))
        return;
      const why = verdict?.kind === 'unreachable' ? 'may be revoked already' : 'doesn’t work any more';
      throw new VarvelError(
        'conflict',
        `Can’t go back: the old key ${oldKeyId} ${why}. The new key ${newKeyId} stays in use.`,
        { action: 'resume_rotation', keyId: oldKeyId },
      );
    },
  };
}
