import type { WhichReport } from '../../core/model/machine/which.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The chosen folder; null for the home folder. */
let folder: string | null = null;

/** The active key for programs started from the chosen folder. */
export const useWhich = createSnapshot<WhichReport>(() =>
  call('which.explain', folder === null ? null : { folder }),
);

/** Explains another folder. An empty text stands for the home folder. Throws, and keeps the folder, if it doesn't exist. */
export async function chooseFolder(chosen: string): Promise<void> {
  if (chosen !== '') await call('which.explain', { folder: chosen });
  folder = chosen === '' ? null : chosen;
  await useWhich.getState().reload();
}
