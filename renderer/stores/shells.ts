import type { HookShell } from '../../core/shells/shells.ts';
import type { ShellsHere } from '../../core/shells/shells-here.ts';
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

/** How many shells follow a switch at their next prompt. */
export const countHookedShells = ({ shells }: ShellsHere): number =>
  shells.filter(({ installed, hook }) => installed && hook !== null).length;
