import { createLog } from '../activity/log.ts';
import type { FalClients } from '../fal/clients.ts';
import type { AdminKeys } from '../keys/admin-keys.ts';
import type { KeyAccess } from '../keys/key-access.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { KeyTest } from '../keys/key-test.ts';
import { secretMissing } from '../keys/missing.ts';
import { inWords, VarvelError } from '../model/error.ts';
import { joinKey } from '../model/fal/key.ts';
import { verdictHint } from '../model/fal/verdict.ts';
import type { Rotation } from '../model/machine/rotation.ts';
import type { Ports } from '../ports.ts';
import { createConsumers } from './consumers/consumers.ts';
import { createJournal, interrupted, type Refusal } from './consumers/journal.ts';
import { retryMs } from './due.ts';
import { lateGraceMs } from './grace.ts';
import { createStayingKey } from './staying-key.ts';
import { createSuccessor } from './successor.ts';
import { createWaitStep } from './wait-step.ts';

/** What a rotation needs of the other subjects. */
export interface RotationParts {
  fal: () => Promise<FalClients>;
  adminKeys: AdminKeys;
  keyAccess: KeyAccess;
  store: KeyStore;
  test: KeyTest;
}

/** A key that fal has just created may not be known everywhere yet: pauses before it counts as bad, in milliseconds. */
const testPausesMs = [500, 2000];

/** Takes a rotation as far as it can go. The caller holds its lock. */
export function createAdvance(ports: Ports, parts: RotationParts) {
  const { state, clock } = ports;
  const { store, test } = parts;
  const addToLog = createLog(ports);
  const journal = createJournal(ports);
  const consumers = createConsumers(ports);
  const successor = createSuccessor(ports, parts);
  const staying = createStayingKey(ports, parts);
  const waited = createWaitStep(ports, parts);

  const put = (rotation: Rotation): Rotation => {
    state.rotations.put(rotation);
    return rotation;
  };

  const textOf = async (keyId: string): Promise<string | null> => {
    const found = await store.read(keyId);
    return found && joinKey(found);
  };

  async function testNew(rotation: Rotation, signal?: AbortSignal): Promise<Rotation> {
    const key = rotation.newKeyId === null ? null : state.keys.get(rotation.newKeyId);
    if (!key) return put({ ...rotation, newKeyId: null, step: 'create' });
    const entry = journal.begun(rotation, 'test', key.id);
    journal.note(rotation, [entry]);
    for (const pause of [...testPausesMs, null]) {
      const { verdict } = await test.one(key, signal);
      if (verdict.kind === 'valid') {
        if (verdict.account && verdict.account.id !== rotation.account.id)
          throw otherAccount(rotation, verdict.account.nickname);
        journal.note(rotation, [{ ...entry, doneAt: clock.now() }]);
        return put({ ...rotation, step: 'switch' });
      }
      if (verdict.kind !== 'invalid' || pause === null) {
        throw new VarvelError(
          verdict.kind === 'invalid' ? 'unauthorized' : verdict.kind,
          `The new key ${key.id} doesn’t work yet, so nothing uses it: ${verdict.message}`,
          verdictHint(verdict, key.id),
        );
      }
      await clock.sleep(pause, signal);
    }
    return rotation;
  }

  /** The key that everything gets, and the key that goes. */
  async function keysOf(rotation: Rotation) {
    const { oldKeyId, newKeyId, direction } = rotation;
    if (newKeyId === null) throw new VarvelError('unexpected', 'A rotation has no new key.', '');
    const [fromId, toId] = direction === 'forward' ? [oldKeyId, newKeyId] : [newKeyId, oldKeyId];
    const to = await textOf(toId);
    if (to === null) throw secretMissing(toId, { action: 'resume_rotation', keyId: oldKeyId });
    return { from: { id: fromId, text: await textOf(fromId) }, to: { id: toId, text: to } };
  }

  async function switchAll(rotation: Rotation, signal?: AbortSignal): Promise<number> {
    const { from, to } = await keysOf(rotation);
    const { moved, refused } = await consumers.switchAll(rotation, from, to, signal);
    if (refused.length > 0) throw notAllSwitched(rotation, from.id, refused);
    return moved;
  }

  const wasHandedOut = ({ id }: Rotation): boolean =>
    state.rotations
      .journal(id)
      .some(
        ({ direction, kind }) =>
          direction === 'forward' && ['profile', 'export', 'fal_cli', 'github'].includes(kind),
      );

  async function switchFirst(rotation: Rotation, signal?: AbortSignal): Promise<Rotation> {
    if (rotation.newKeyId === null) {
      // an attempt may have stored its key just before somebody wanted the old one back
      const found = await successor.found(rotation, signal);
      if (!found) return put({ ...rotation, step: 'revoke' });
      return switchFirst(put(found), signal);
    }
    // a new key was tested a moment ago; the old one may have been revoked since somebody wanted it back
    if (rotation.direction === 'back') await staying.mustWork(rotation, rotation.oldKeyId, signal);
    await switchAll(rotation, signal);
    const now = clock.now();
    const { direction, account, newKeyId } = rotation;
    // a key that nothing ever got can go at once
    const graceMs = direction === 'back' && !wasHandedOut(rotation) ? 0 : rotation.graceMs;
    if (direction === 'forward')
      addToLog({
        kind: 'rotation_switched',
        account: account.nickname,
        keyId: newKeyId,
        detail: `was ${rotation.oldKeyId}`,
      });
    return put({ ...rotation, step: 'wait', switchedAt: now, revokeAt: now + graceMs });
  }

  async function revoke(rotation: Rotation, signal?: AbortSignal): Promise<Rotation> {
    const { direction, oldKeyId, newKeyId, graceMs, account } = rotation;
    const manager = successor.managerOf(rotation);
    const goes = direction === 'forward' ? oldKeyId : newKeyId;
    if (newKeyId !== null && goes !== null) {
      // first of all: nothing is given a key that was revoked by hand meanwhile
      await staying.mustWork(rotation, direction === 'forward' ? newKeyId : oldKeyId, signal);
      // what got the key since, from a restored file or a profile that was changed
      const late = await switchAll(rotation, signal);
      if (late > 0 && graceMs > 0) {
        // usage must be silent from now on, too
        const switchedAt = clock.now();
        return put({
          ...rotation,
          step: 'wait',
          switchedAt,
          revokeAt: switchedAt + Math.min(graceMs, lateGraceMs),
        });
      }
      const entry = journal.begun(rotation, 'revoke', goes);
      journal.note(rotation, [entry]);
      await successor.discard(manager, goes, signal);
      journal.note(rotation, [{ ...entry, doneAt: clock.now() }]);
    }
    await successor.revokeLost(rotation, manager, signal);
    return state.transaction(() => {
      if (goes !== null)
        addToLog({
          kind: 'key_revoked',
          identityId: manager.identityId,
          account: account.nickname,
          keyId: goes,
          detail: 'rotated',
        });
      addToLog(
        direction === 'forward'
          ? {
              kind: 'rotation_finished',
              account: account.nickname,
              keyId: newKeyId,
              detail: `was ${oldKeyId}`,
            }
          : { kind: 'rotation_aborted', account: account.nickname, keyId: oldKeyId },
      );
      return put({ ...rotation, step: 'ended' });
    });
  }

  async function next(rotation: Rotation, signal?: AbortSignal): Promise<Rotation> {
    switch (rotation.step) {
      case 'create':
        return put({ ...(await successor.create(rotation, signal)), step: 'test' });
      case 'test':
        return testNew(rotation, signal);
      case 'switch':
        return switchFirst(rotation, signal);
      case 'wait': {
        staying.mustBeHere(rotation);
        const after = await waited(rotation, signal);
        if (after.step === 'revoke') await staying.refuseEarly(rotation, signal);
        return after === rotation ? rotation : put(after);
      }
      case 'revoke':
        return revoke(rotation, signal);
      case 'ended':
        return rotation;
    }
  }

  async function endWithout(rotation: Rotation, signal?: AbortSignal): Promise<Rotation> {
    // if anybody can: no other step will
    const manager = parts.keyAccess.for(rotation.account.id);
    if (manager) await successor.revokeLost(rotation, manager, signal);
    return state.transaction(() => {
      addToLog({
        kind: 'rotation_aborted',
        account: rotation.account.nickname,
        keyId: rotation.oldKeyId,
        detail: 'neither key could be used',
      });
      return put({ ...rotation, direction: 'back', step: 'ended', problem: null });
    });
  }

  return {
    /** Ends a rotation of which neither key can be used here any more. Both stay as they are: files may have them. */
    endWithout,

    /**
     * Goes on until the rotation has ended or has to wait. Each step is in the database before the next one begins.
     * @param onStep called after each step
     * @throws VarvelError why it can't go on; the rotation has it too, and stays where it is
     */
    async advance(
      id: number,
      onStep: (rotation: Rotation) => void = () => undefined,
      signal?: AbortSignal,
    ): Promise<Rotation> {
      let rotation = state.rotations.get(id);
      if (!rotation) throw new VarvelError('unexpected', `No rotation ${id}.`, '');
      try {
        for (;;) {
          if (signal?.aborted) throw interrupted();
          const { step } = rotation;
          rotation = await next(rotation, signal);
          if (rotation.failures > 0 || rotation.problem)
            rotation = put({ ...rotation, problem: null, failures: 0, retryAt: 0 });
          onStep(rotation);
          if (rotation.step === 'ended' || rotation.step === step) return rotation;
        }
      } catch (error) {
        const failure = inWords(error);
        if (failure.code !== 'cancelled') remember(id, failure);
        throw failure;
      }
    },
  };

  /** Writes why a rotation doesn't go on, if anything can be written. */
  function remember(id: number, { code, message }: VarvelError): void {
    try {
      const rotation = state.rotations.get(id);
      if (!rotation) return;
      const failures = rotation.failures + 1;
      put({
        ...rotation,
        problem: { code, message },
        failures,
        retryAt: clock.now() + retryMs(failures - 1),
      });
    } catch (error) {
      if (!(error instanceof VarvelError)) throw error;
    }
  }
}

/** How many places a message names. */
const most = 3;

function notAllSwitched({ oldKeyId }: Rotation, keyId: string, refused: Refusal[]): VarvelError {
  const who =
    refused.length === 1 ? 'a place may still have it' : `${refused.length} places may still have it`;
  const others = refused.length > most ? [`And ${refused.length - most} more.`] : [];
  const places = [...refused.slice(0, most).map(({ message }) => message), ...others].join(' ');
  return new VarvelError('conflict', `Key ${keyId} isn’t revoked, because ${who}. ${places}`, {
    action: 'release_rotation',
    keyId: oldKeyId,
  });
}

const otherAccount = ({ account, oldKeyId }: Rotation, nickname: string) =>
  new VarvelError('conflict', `The new key belongs to ${nickname}, not to ${account.nickname}.`, {
    action: 'resume_rotation',
    keyId: oldKeyId,
  });
