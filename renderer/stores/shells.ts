import type { HookShell } from '../../core/shells/shells.ts';
import type { ShellsHere } from '../../core/shells/shells-here.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The shells of this machine, and whether they follow. */
export const useShells = createSnapshot<ShellsHere>(() => call('shells.list', null));

/** Adds the hook's line to a shell's start-up file, or takes it away. @throws CallError */
export async function changeHook(shell: HookShell, add: boolean): Promise<{ path: string }> {
  try {
    return await call('shells.changeHook', { shell, add });
  } finally {
    // also after a failure: the file may be another one than was shown
    void useShells.getState().reload();
  }
}

/** How many shells take up a switch at their next prompt. */
export const followers = ({ shells }: ShellsHere): number =>
  shells.filter(({ installed, hook }) => installed && hook !== null).length;
