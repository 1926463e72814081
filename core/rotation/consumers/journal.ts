import { hasCode, isVaultProblem, VarvelError } from '../../model/error.ts';
import type { JournalEntry, Rotation } from '../../model/machine/rotation.ts';
import type { Ports } from '../../ports.ts';

/** Who couldn't get the other key, and why. */
export interface Refusal {
  /** Of its journal entry. */
  subject: string;
  /** Names the place. */
  message: string;
}

export interface Switched {
  /** How many got the other key just now. */
  moved: number;
  refused: Refusal[];
}

export const nothingSwitched: Switched = { moved: 0, refused: [] };

export type Journal = ReturnType<typeof createJournal>;

/** What rotations do to each place, in the database before it is done and after. */
export function createJournal({ state, clock }: Pick<Ports, 'state' | 'clock'>) {
  const begun = ({ direction }: Rotation, kind: JournalEntry['kind'], subject: string): JournalEntry => ({
    direction,
    kind,
    subject,
    begunAt: clock.now(),
    doneAt: null,
    problem: null,
  });

  return {
    /** An entry for what is about to be done. */
    begun,

    /** A rotation's entries, or those of one kind. */
    entries: ({ id }: Rotation, kind: JournalEntry['kind']): JournalEntry[] =>
      state.rotations.journal(id).filter((entry) => entry.kind === kind),

    note: ({ id }: Rotation, entries: JournalEntry[]): void => state.rotations.note(id, entries),

    /**
     * Changes a place that the journal knows to have begun, and writes there that it is done, or why not.
     * @param place its name, as messages have it
     * @param work changes it; `record` is called in the transaction that writes it down
     * @throws VarvelError what stops every other place, too
     */
    async journalled(
      rotation: Rotation,
      kind: JournalEntry['kind'],
      { subject, place }: { subject: string; place: string },
      work: () => Promise<{ moved: number; record?: () => void }>,
    ): Promise<Switched> {
      const entry = begun(rotation, kind, subject);
      const note = (doneAt: number | null, problem: string | null) =>
        state.rotations.note(rotation.id, [{ ...entry, doneAt, problem }]);
      try {
        const { moved, record } = await work();
        state.transaction(() => {
          record?.();
          note(clock.now(), null);
        });
        return { moved, refused: [] };
      } catch (error) {
        // without the vault or the database, nobody else can be served either
        if (!(error instanceof VarvelError) || stopsAll(error)) throw error;
        const message = error.message.includes(place) ? error.message : `${place}: ${error.message}`;
        note(null, message);
        return { moved: 0, refused: [{ subject, message }] };
      }
    },
  };
}

/** The places that somebody has seen, and accepted to stay as they are. */
export const acceptedIn = (journal: JournalEntry[], { direction }: Rotation): Set<string> =>
  new Set(
    journal.flatMap((entry) =>
      entry.kind === 'accepted' && entry.direction === direction ? [entry.subject] : [],
    ),
  );

export const interrupted = (): VarvelError =>
  new VarvelError('cancelled', 'The rotation was interrupted. It goes on where it stopped.', '');

/** The vault's or the home's own trouble, not one place's. */
const stopsAll = (error: unknown): boolean =>
  isVaultProblem(error) || hasCode(error, 'storage_full', 'state_busy', 'cancelled');
