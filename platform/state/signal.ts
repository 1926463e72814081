import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atomicWriteNow } from '../files/atomic-write.ts';
import type { Connection } from './connection.ts';
import { numberIn, textIn } from './tables/row.ts';

/** The file in an environment's folder that open shells look at, at each prompt; see docs/shells.md. */
export const signalName = 'current';

/**
 * Tells open shells that a profile, or which one is current, has changed: one line that is another after each change.
 * It is written after the change, so that a shell that sees it finds the change; one that was never written, since its
 * process was killed in between, is made up for by the next.
 */
export function createSignal(db: Connection) {
  const path = join(dirname(db.path), signalName);
  let due = false;
  return {
    /** What is being done is to be told. */
    note(): void {
      due = true;
    },
    /** What was noted didn't come to be. */
    drop(): void {
      due = false;
    },
    /** Tells what was noted. A home that can't be written is no reason to fail: the change itself is made. */
    send(): void {
      if (!due) return;
      due = false;
      try {
        tell(path, line(db));
      } catch {}
    },
    /** Mends a signal that was not sent. */
    mend(): void {
      try {
        const wanted = line(db);
        if (readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== wanted) tell(path, wanted);
      } catch {}
    },
  };
}

export type Signal = ReturnType<typeof createSignal>;

/** The count of changes, and the current profile for people who look. */
const line = (db: Connection): string =>
  db.one(
    (row) => `${numberIn(row, 'version')} ${textIn(row, 'name')}\n`,
    `SELECT version, COALESCE((SELECT name FROM current_profile), '') AS name FROM topics WHERE name = 'profiles'`,
  ) ?? '';

/** Not flushed: one that a power cut takes is made up for by the next. */
const tell = (path: string, content: string): void => atomicWriteNow(path, content, { flush: false });
