import type { HookShell } from '../../core/shells/shells.ts';
import type { KeySetting, ShellsHere } from '../../core/shells/shells-here.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The shells on this machine, and whether their hook is installed. */
export const useShells = createSnapshot<ShellsHere>(() => call('shells.list', null));

/** Adds the hook to a shell's start-up file, or removes it. @throws CallError */
export async function changeHook(shell: HookShell, add: boolean): Promise<{ path: string }> {
  try {
    return await call('shells.changeHook', { shell, add });
  } finally {
    // also after a failure: the file may have changed
    void useShells.getState().reload();
  }
}

/** The first line that sets FAL_KEY in a shell's own start-up files, which stops it from following. */
export const overrideOf = ({ sets }: ShellsHere, shell: HookShell): KeySetting | null =>
  sets.find(({ shells: readers }) => readers.includes(shell)) ?? null;

/** How many shells follow a switch at their next prompt. */
export const countFollowingShells = (here: ShellsHere): number =>
  here.shells.filter(
    ({ shell, installed, hook }) => installed && hook !== null && overrideOf(here, shell) === null,
  ).length;
