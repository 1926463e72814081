import type { KeyStore } from '../keys/key-store.ts';
import type { KeyTest } from '../keys/key-test.ts';
import { VarvelError } from '../model/error.ts';
import type { VerdictKind } from '../model/fal/verdict.ts';
import { defaultGraceMs, type Rotation } from '../model/machine/rotation.ts';
import type { Ports } from '../ports.ts';

/** `dead`: fal has revoked it, or its secret isn't here. `unknown`: fal doesn't say now. */
type KeyState = 'usable' | 'dead' | 'unknown';

/** Verdicts that say nothing of the key. */
export const unsure: readonly VerdictKind[] = ['unreachable', 'server_error', 'rate_limited'];

/** How each direction begins. */
export const notSwitchedYet = {
  switchedAt: null,
  revokeAt: null,
  lastUsedAt: null,
  usageReadAt: null,
  problem: null,
  failures: 0,
  retryAt: 0,
} satisfies Partial<Rotation>;

/** Which way a rotation can still go, when its keys may have been revoked or forgotten by hand. */
export function createTurns(
  { state }: Pick<Ports, 'state'>,
  { store, test }: { store: KeyStore; test: KeyTest },
) {
  async function stateOf(keyId: string, signal?: AbortSignal): Promise<KeyState> {
    const key = state.keys.get(keyId);
    if (!key || (await store.read(keyId)) === null) return 'dead';
    const { kind } = (await test.one(key, signal)).verdict;
    if (kind === 'invalid') return 'dead';
    return unsure.includes(kind) ? 'unknown' : 'usable';
  }

  return {
    /**
     * The rotation as it can go on: one that goes back to a dead key turns forward again.
     * @throws VarvelError `conflict` when neither key can be used
     */
    async onward(rotation: Rotation, signal?: AbortSignal): Promise<Rotation> {
      const { direction, oldKeyId, newKeyId } = rotation;
      if (direction === 'forward' || newKeyId === null) return rotation;
      if ((await stateOf(oldKeyId, signal)) !== 'dead') return rotation;
      switch (await stateOf(newKeyId, signal)) {
        case 'usable':
          return { ...rotation, direction: 'forward', step: 'switch', ...notSwitchedYet };
        case 'unknown':
          return rotation;
        case 'dead':
          throw new VarvelError(
            'conflict',
            `Neither ${oldKeyId} nor ${newKeyId} can be used any more, so it can only be aborted.`,
            {
              action: 'resume_rotation',
              keyId: oldKeyId,
            },
          );
      }
    },

    /**
     * The rotation as it goes back to its old key; null when neither key can be used, and there is nothing to go back to.
     * @throws VarvelError `conflict`: only the new key can be used
     */
    async back(rotation: Rotation, signal?: AbortSignal): Promise<Rotation | null> {
      const { direction, step, oldKeyId, newKeyId, graceMs } = rotation;
      if (newKeyId !== null) {
        const old = await stateOf(oldKeyId, signal);
        if (old === 'dead') {
          if ((await stateOf(newKeyId, signal)) === 'dead') return null;
          throw noWayBack(oldKeyId, newKeyId, 'doesn’t work any more');
        }
        if (old === 'unknown' && direction === 'forward' && step === 'revoke')
          throw noWayBack(oldKeyId, newKeyId, 'may be revoked already');
      }
      if (direction === 'back') return rotation;
      return {
        ...rotation,
        direction: 'back',
        step: 'switch',
        ...notSwitchedYet,
        // who wanted the old key revoked at once didn't say so of the new one
        graceMs: graceMs || defaultGraceMs,
      };
    },
  };
}

const noWayBack = (oldKeyId: string, newKeyId: string, why: string) =>
  new VarvelError(
    'conflict',
    `Can’t go back: the old key ${oldKeyId} ${why}. The new key ${newKeyId} stays.`,
    {
      action: 'resume_rotation',
      keyId: oldKeyId,
    },
  );
