import type { FalcliReading } from '../../contract/falcli.ts';
import type { InStep } from '../../core/model/falcli.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The profiles of fal's own CLI beside ours. */
export const useFalcli = createSnapshot<FalcliReading>(() => call('falcli.status', null));

/** Whatever came of it: the file is looked at again. */
async function thenLook<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } finally {
    void useFalcli.getState().reload();
  }
}

/** Makes a profile, or none, that of fal's CLI. @throws CallError */
export const applyToFalcli = (profile: string | null, withKey: boolean) =>
  thenLook(call('falcli.apply', { profile, withKey }));

/** @throws CallError */
export const keepInStep = (inStep: InStep) => thenLook(call('falcli.keepInStep', { inStep }));

/** Takes our last change of its file back. @throws CallError */
export const undoInFalcli = () => thenLook(call('falcli.undo', null));

/** Puts back the comments that fal's CLI dropped; tells whether any was missing. @throws CallError */
export const restoreFalcliComments = () => thenLook(call('falcli.restoreComments', null));

/** Takes its profiles and keys over, with `rename` under proposed names too. @throws CallError */
export const importFromFalcli = (rename: boolean) => thenLook(call('falcli.import', { rename }));

/** fal's CLI follows every switch, and has followed the last. */
export const isInStep = ({ inStep, problem, profile }: FalcliReading, current: string | null): boolean =>
  inStep !== 'off' && problem === null && profile === current;
