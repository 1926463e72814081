import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CurrentChange, CurrentListener } from '../../core/ports/state.ts';
import { atomicWriteNow } from '../files/atomic-write.ts';
import type { Connection } from './connection.ts';
import { numberIn, textIn } from './tables/row.ts';

/** The file in an environment's folder that open shells check at each prompt; see docs/shells.md. */
export const signalName = 'current';

/**
 * Notifies open shells that a profile, or the current profile, has changed: one line that differs after each change.
 * It is written after the change, so that a shell that sees it finds the change. If its process was killed before
 * writing, the next one repairs it.
 */
export function createSignal(db: Connection) {
  const path = join(dirname(db.path), signalName);
  const listeners: CurrentListener[] = [];
  let due = false;
  let ofCurrent: CurrentChange | null = null;
  return {
    /** Marks a change for notification, in its transaction. @param current what it does to the current profile, if anything */
    note(current: CurrentChange | null): void {
      due = true;
      if (current !== null) for (const listener of listeners) listener.within();
      if (ofCurrent !== 'switch') ofCurrent = current ?? ofCurrent;
    },
    /** The change didn't happen. */
    drop(): void {
      due = false;
      ofCurrent = null;
    },
    listen: (listener: CurrentListener) => void listeners.push(listener),
    /** Notifies about marked changes. A read-only home is not an error: the change itself is done. */
    send(): void {
      if (!due) return;
      due = false;
      try {
        writeSignal(path, line(db));
      } catch {}
      const change = ofCurrent;
      ofCurrent = null;
      if (change !== null) for (const listener of listeners) listener.after(change);
    },
    /** Sends a signal that was missed. */
    repair(): void {
      try {
        const wanted = line(db);
        if (readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== wanted) writeSignal(path, wanted);
      } catch {}
    },
  };
}

export type Signal = ReturnType<typeof createSignal>;

/** The change counter, and the current profile for readers. */
const line = (db: Connection): string =>
  db.one(
    (row) => `${numberIn(row, 'version')} ${textIn(row, 'name')}\n`,
    `SELECT version, COALESCE((SELECT name FROM current_profile), '') AS name FROM topics WHERE name = 'profiles'`,
  ) ?? '';

/** Not flushed: if a power cut loses it, the next one repairs it. */
const writeSignal = (path: string, content: string): void => atomicWriteNow(path, content, { flush: false });
