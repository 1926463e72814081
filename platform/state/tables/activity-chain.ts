import type { LogCheck } from '../../../core/model/activity.ts';
import type { Connection } from '../connection.ts';
import { numberIn, type Row, textIn } from './row.ts';

/** What a seal covers: all of a line. A later column needs seals of its own. */
const columns = [
  'id',
  'at',
  'kind',
  'identity_id',
  'account',
  'key_id',
  'profile',
  'detail',
  'face',
  'program',
];

/** How many lines are sealed at once, so that no command waits for a long log. */
const atOnce = 1000;

/**
 * The log's hash chain: each line's seal is the SHA-256 of the line and of the seal before it. Lines are added without
 * one and sealed by the next change, since loading node:crypto takes a tenth of what `varvel env` may. The first seal
 * belongs to no line: the chain begins behind it, and pruning moves it up. See docs/decisions/14-a-chained-log.md.
 */
export function activityChain(db: Connection) {
  const last = (): { id: number; seal: string } => {
    const decode = (row: Row) => ({ id: numberIn(row, 'id'), seal: textIn(row, 'seal') });
    return (
      db.one(decode, 'SELECT id, seal FROM activity_seals ORDER BY id DESC LIMIT 1') ?? { id: 0, seal: '' }
    );
  };

  return {
    /** Seals lines that have none, oldest first, up to a thousand. In a transaction. */
    seal(): void {
      let { id, seal } = last();
      const lines = db.all(
        (row) => row,
        'SELECT * FROM activity WHERE id > ? ORDER BY id LIMIT ?',
        id,
        atOnce,
      );
      for (const line of lines) {
        id = numberIn(line, 'id');
        seal = sealOf(seal, line);
        db.run('INSERT INTO activity_seals VALUES (?, ?)', id, seal);
      }
    },

    /** Deletes lines up to this one, and moves the chain's begin there. Lines without a seal stay. In a transaction. */
    removeThrough(id: number): void {
      const through = Math.min(id, last().id);
      db.run('DELETE FROM activity WHERE id <= ?', through);
      db.run('DELETE FROM activity_seals WHERE id < ?', through);
    },

    /** Follows the chain from its begin. Reads in one statement: others may write meanwhile. */
    check(): LogCheck {
      const found: LogCheck = { sealed: 0, unsealed: 0, changed: 0, removed: 0 };
      const [begin, ...rows] = db.all((row) => row, everything);
      // not even the begin is there: another program has removed the seals
      if (!begin) return { ...found, changed: 1 };
      let before = { id: numberIn(begin, 'seal_id'), seal: textIn(begin, 'seal') };
      for (const row of rows) {
        const id = numberIn(row, row.seal_id === null ? 'id' : 'seal_id');
        // ids have no gaps
        const gap = id - before.id - 1;
        found.removed += gap + (row.id === null ? 1 : 0);
        if (row.seal_id === null) {
          found.unsealed += 1;
          before = { ...before, id };
          continue;
        }
        const seal = textIn(row, 'seal');
        found.sealed += 1;
        if (row.id !== null && gap === 0 && sealOf(before.seal, row) !== seal) found.changed += 1;
        before = { id, seal };
      }
      if (begin.last !== null) found.removed += Math.max(numberIn(begin, 'last') - before.id, 0);
      return found;
    },
  };
}

/** The chain from its begin, each seal with its line; either may be missing. */
const everything = `
  SELECT activity_seals.id AS seal_id, seal, activity.*,
    (SELECT seq FROM sqlite_sequence WHERE name = 'activity') AS last
  FROM activity_seals FULL JOIN activity ON activity.id = activity_seals.id
  WHERE IFNULL(activity_seals.id, activity.id) >= (SELECT MIN(id) FROM activity_seals)
  ORDER BY IFNULL(activity_seals.id, activity.id)`;

function sealOf(before: string, line: Row): string {
  // loaded when needed, and without a promise
  const { createHash } = process.getBuiltinModule('node:crypto');
  const text = JSON.stringify([before, ...columns.map((name) => line[name])]);
  return createHash('sha256').update(text).digest('base64');
}
