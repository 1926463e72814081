import type { FalcliReading } from '../../contract/methods/falcli.ts';
import type { InStep } from '../../core/model/machine/falcli.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The profiles of the fal CLI compared with ours. */
export const useFalcli = createSnapshot<FalcliReading>(() => call('falcli.status', null));

/** Reads the file again afterwards, even after a failure. */
async function thenReload<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } finally {
    void useFalcli.getState().reload();
  }
}

/** Makes the fal CLI use a profile, or none. @throws CallError */
export const applyToFalcli = (profile: string | null, withKey: boolean, force: boolean) =>
  thenReload(call('falcli.apply', { profile, withKey, force }));

/** Sets what the fal CLI syncs on every switch. @throws CallError */
export const setFalcliSync = (inStep: InStep, force: boolean) =>
  thenReload(call('falcli.setSync', { inStep, force }));

/** Undoes Varvel's last change to the file. @throws CallError */
export const undoFalcliChange = () => thenReload(call('falcli.undo', null));

/** Restores the comments that the fal CLI dropped. Returns whether any was missing. @throws CallError */
export const restoreFalcliComments = () => thenReload(call('falcli.restoreComments', null));

/** Imports its profiles and keys. With `rename`, also those that need a new name. @throws CallError */
export const importFromFalcli = (rename: boolean) => thenReload(call('falcli.import', { rename }));

/** Whether the fal CLI syncs with the current profile, and the last sync worked. */
export const isSynced = ({ inStep, problem, profile }: FalcliReading, current: string | null): boolean =>
  inStep !== 'off' && problem === null && profile === current;
