import { isVaultProblem, VarvelError } from '../model/error.ts';
import type { CurrentChange } from '../ports/state.ts';
import type { Ports } from '../ports.ts';
import { countChanges, isSyncDue, noteChange, settle } from './in-step.ts';

/**
 * Syncs every switch, and every change of the current profile, to the fal CLI when that is on, whichever face
 * made it. A failure becomes a warning; the switch itself is done. A sync is due from the change's transaction on, and
 * stays due when its process ends before.
 * @param sync makes the fal CLI use the current profile
 */
export function createFollow({ state, warn }: Pick<Ports, 'state' | 'warn'>, sync: () => Promise<unknown>) {
  let running: Promise<void> | null = null;

  function tell(what: CurrentChange, error: unknown): void | Promise<void> {
    const ours = error instanceof VarvelError;
    const why = ours ? error.message : String(error);
    return warn(`The fal CLI did not follow the ${what}: ${why}`, ours ? error.hint : { action: 'none' });
  }

  /** @param isLate another process made the change */
  async function follow(what: CurrentChange, isLate: boolean): Promise<void> {
    const change = countChanges(state);
    try {
      await sync();
    } catch (error) {
      // it stays due until the vault can be read
      if (isLate && isVaultProblem(error)) return;
      // awaited: a face may have to load its words first
      await tell(what, error);
    }
    settle(state, change);
  }

  function start(what: CurrentChange, isLate: boolean): void {
    const mine = (running ?? Promise.resolve())
      .then(() => follow(what, isLate))
      // the database can't be read
      .catch((error: unknown) => tell(what, error))
      .finally(() => {
        if (running === mine) running = null;
      });
    running = mine;
  }

  state.onCurrentChange({
    within: () => noteChange(state),
    after(change) {
      if (isSyncDue(state)) start(change, false);
    },
  });

  return {
    /** Whether the file has a change to follow; cheap. */
    isDue: (): boolean => isSyncDue(state),

    /** Resolves when the file has followed every change, or a warning has said why not. */
    async catchUp(): Promise<void> {
      if (!running && isSyncDue(state)) start('change', true);
      await running;
    },

    /** The pending write; null when there is none. */
    pending: (): Promise<unknown> | null => running,
  };
}
