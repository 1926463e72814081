import { createLog } from '../activity/log.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { Rotation, RotationPlan, RotationView } from '../model/machine/rotation.ts';
import type { Ports } from '../ports.ts';
import { createAdvance, type RotationParts } from './advance.ts';
import { mapConsumers } from './consumers/consumer-map.ts';
import { isDue } from './due.ts';
import { nextAlias, randomDigits } from './generation.ts';
import { withGrace } from './grace.ts';
import { createRotatable } from './rotatable.ts';
import { rotationView } from './rotation-view.ts';
import { createTurns, notSwitchedYet } from './turns.ts';
import { createUsageWatch } from './watch-usage.ts';

export type Rotations = ReturnType<typeof createRotations>;

export interface StartRotation {
  key: StoredKey;
  graceMs: number;
}

/** What a caller can follow and stop. */
export interface Following {
  onStep?: (rotation: RotationView) => void;
  signal?: AbortSignal;
}

/**
 * Rotations: replacing a key by a new one, without a moment in which anything holds a key that doesn't work. All that
 * is done is in the database before and after, so any process can go on after any crash.
 */
export function createRotations(ports: Ports, parts: RotationParts) {
  const { state, clock, locks } = ports;
  const { store } = parts;
  const addToLog = createLog(ports);
  const { advance, endWithout } = createAdvance(ports, parts);
  const rotatable = createRotatable(ports, parts);
  const turns = createTurns(ports, parts);
  const usage = createUsageWatch(parts.fal, parts.adminKeys);

  const view = (rotation: Rotation): RotationView => rotationView(state, rotation);

  /** One process at a time works on a rotation; a lock ends with its process. */
  const alone = <T>(
    { oldKeyId }: Pick<Rotation, 'oldKeyId'>,
    work: () => Promise<T>,
    waitMs?: number,
  ): Promise<T> => locks.exclusive(`rotate-${oldKeyId}`, work, waitMs);

  const ofKey = (keyId: string): Rotation | null =>
    state.rotations.active().find(({ oldKeyId, newKeyId }) => oldKeyId === keyId || newKeyId === keyId) ??
    null;

  function existing(keyId: string): Rotation {
    const rotation = ofKey(keyId);
    if (rotation) return rotation;
    throw new VarvelError(
      'not_found',
      `Key ${keyId} isn’t being rotated.`,
      'The rotation may have ended: see the activity.',
    );
  }

  /** Works on the rotation of a key as it is once nobody else does. */
  const aloneOn = <T>(keyId: string, work: (rotation: Rotation) => Promise<T>): Promise<T> => {
    const wanted = existing(keyId);
    return alone(wanted, () => {
      const now = existing(keyId);
      // it ended meanwhile, and another one of the key began
      if (now.id !== wanted.id) throw rotatedMeanwhile(now);
      return work(now);
    });
  };

  const putNow = (rotation: Rotation): Rotation => {
    state.rotations.put(rotation);
    return rotation;
  };

  const goOn = async ({ id }: Rotation, { onStep, signal }: Following): Promise<RotationView> =>
    view(await advance(id, (rotation) => onStep?.(view(rotation)), signal));

  /** @throws VarvelError `conflict` for a key of a rotation that goes on */
  function refuseSecond({ id }: StoredKey): void {
    const other = ofKey(id);
    if (!other) return;
    throw new VarvelError(
      'conflict',
      other.oldKeyId === id
        ? `Key ${id} is being rotated already.`
        : `Key ${id} is the new key of a rotation that isn’t over yet.`,
      { action: 'resume_rotation', keyId: other.oldKeyId },
    );
  }

  return {
    /** Rotations that haven't ended, the oldest first. */
    list: (): RotationView[] => state.rotations.active().map(view),

    /** The rotation that a key is part of, as the old or the new one; null when there is none. */
    of(keyId: string): RotationView | null {
      const rotation = ofKey(keyId);
      return rotation && view(rotation);
    },

    /**
     * What a rotation would do, and who uses the key.
     * @param folder where other tools' projects are looked for
     * @throws VarvelError `conflict`, `not_signed_in`, `vault_*`, as KeyTest.one
     */
    async plan(given: StoredKey, folder: string, signal?: AbortSignal): Promise<RotationPlan> {
      refuseSecond(given);
      const key = await rotatable.known(given, signal);
      await rotatable.refuseUnreachable(key, signal);
      await store.readOrFail(key.id);
      return {
        keyId: key.id,
        alias: key.alias,
        scope: key.scope,
        account: key.account,
        newAlias: nextAlias(key.alias, key.id, '0000').replace(/-0000$/, ''),
        consumers: await mapConsumers(ports, usage, key, folder, signal),
      };
    },

    /**
     * Replaces a key: creates a new one, tests it, gives it to everything that uses the old one, and revokes that
     * when the grace period is over.
     * @returns the rotation, which ended or waits
     * @throws VarvelError `conflict` when it is being rotated already, or why it can't go on: it can be resumed then
     */
    async start({ key: given, graceMs }: StartRotation, following: Following = {}): Promise<RotationView> {
      refuseSecond(given);
      await rotatable.refuseUnreachable(await rotatable.known(given, following.signal), following.signal);
      const key = await rotatable.verified(given, following.signal);
      return alone({ oldKeyId: key.id }, async () => {
        refuseSecond(key);
        // another rotation, or a revoke, may have ended it while this one waited
        await store.readOrFail(key.id);
        const id = state.transaction(() => {
          addToLog({
            kind: 'rotation_started',
            account: key.account.nickname,
            keyId: key.id,
            detail: key.alias ?? '',
          });
          return state.rotations.begin({
            oldKeyId: key.id,
            newKeyId: null,
            alias: nextAlias(key.alias, key.id, randomDigits()),
            scope: key.scope,
            account: key.account,
            direction: 'forward',
            step: 'create',
            graceMs,
            startedAt: clock.now(),
            ...notSwitchedYet,
          });
        });
        const rotation = state.rotations.get(id);
        if (!rotation) throw new VarvelError('unexpected', 'The rotation is gone.', '');
        return goOn(rotation, following);
      });
    },

    /**
     * Goes on with a rotation, as far as it can now. An aborted one whose old key doesn't work any more turns forward.
     * @param keyId its old or its new key
     * @param graceMs another grace period, from when the keys were switched; null keeps it. 0 revokes at once
     * @throws VarvelError `not_found`, `conflict` when neither key can be used, or why it can't go on
     */
    resume: (keyId: string, graceMs: number | null, following: Following = {}): Promise<RotationView> =>
      aloneOn(keyId, async (rotation) => {
        const onward = await turns.onward(rotation, following.signal);
        return goOn(
          putNow({ ...withGrace(onward, graceMs, clock.now()), retryAt: 0, usageReadAt: null }),
          following,
        );
      }),

    /**
     * Accepts that places stay as they are: they don't stop the revoke any more. For what a person has seen.
     * @param subjects of RotationView.refused
     * @throws VarvelError `not_found`
     */
    accept: (keyId: string, subjects: readonly string[]): Promise<void> =>
      aloneOn(keyId, async ({ id, direction }) => {
        const at = clock.now();
        state.rotations.note(
          id,
          subjects.map((subject) => ({
            direction,
            kind: 'accepted',
            subject,
            begunAt: at,
            doneAt: at,
            problem: null,
          })),
        );
      }),

    /**
     * Goes back: everything gets the old key again, and the new one is revoked after the grace period. When neither key
     * can be used any more, it only ends.
     * @throws VarvelError `not_found`, `conflict` when the old key doesn't work any more, or why it can't go on
     */
    abort: (keyId: string, graceMs: number | null, following: Following = {}): Promise<RotationView> =>
      aloneOn(keyId, async (rotation) => {
        const back = await turns.back(rotation, following.signal);
        if (!back) return view(await endWithout(rotation, following.signal));
        return goOn(putNow(withGrace(back, graceMs, clock.now())), following);
      }),

    /**
     * Goes on with every rotation that is due, and that no other process works on. A failure is in the rotation then.
     * @param patient also reads fal's usage for those that wait
     * @returns those that went on
     */
    async resumeDue(patient: boolean, signal?: AbortSignal): Promise<RotationView[]> {
      const gone: RotationView[] = [];
      for (const rotation of state.rotations.active().filter((one) => isDue(one, clock.now(), patient))) {
        try {
          const before = rotation.step;
          const after = await alone(
            rotation,
            async () => {
              const now = state.rotations.get(rotation.id);
              return now && isDue(now, clock.now(), patient) ? goOn(now, signal ? { signal } : {}) : null;
            },
            0,
          );
          if (after && after.step !== before) gone.push(after);
        } catch (error) {
          if (hasCode(error, 'cancelled')) throw error;
          if (!(error instanceof VarvelError)) throw error;
        }
      }
      return gone;
    },
  };
}

const rotatedMeanwhile = ({ oldKeyId }: Rotation) =>
  new VarvelError('conflict', `Another rotation began meanwhile, of key ${oldKeyId}.`, {
    action: 'resume_rotation',
    keyId: oldKeyId,
  });
