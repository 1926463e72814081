import { type ActivityEntry, activityKinds } from '../../../core/model/activity.ts';
import { type Actor, actorFaces } from '../../../core/model/face.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { activityChain } from './activity-chain.ts';
import { numberIn, oneOf, type Row, textIn, textOrNullIn } from './row.ts';

/** How many entries are kept, and after how many new ones old entries are deleted. */
const kept = 20_000;
const pruneEvery = 500;

/** Skips entries of a newer version of Varvel: an unknown log entry doesn't make the database damaged. */
const knownKinds = activityKinds.map((kind) => `'${kind}'`).join(', ');

const decode = (row: Row): ActivityEntry => ({
  at: numberIn(row, 'at'),
  kind: oneOf(row, 'kind', activityKinds),
  identityId: textOrNullIn(row, 'identity_id'),
  account: textOrNullIn(row, 'account'),
  keyId: textOrNullIn(row, 'key_id'),
  profile: textOrNullIn(row, 'profile'),
  detail: textIn(row, 'detail'),
  actor:
    row.face === null
      ? null
      : { face: oneOf(row, 'face', actorFaces), program: textOrNullIn(row, 'program') },
});

/**
 * The log. An entry added on its own (as by `varvel env`, which changes nothing) survives every crash of the
 * program, but not a power loss. An entry added in a transaction is as durable as the transaction.
 */
export function activityTable(db: Connection, actorNow: () => Actor | null): State['activity'] {
  const chain = activityChain(db);
  return {
    add(entry) {
      const actor = actorNow();
      // an entry on its own is often that of `varvel env`, which has no time for it
      const seals = db.isInTransaction;
      db.together(() => {
        const { lastId } = db.run(
          `INSERT INTO activity (at, kind, identity_id, account, key_id, profile, detail, face, program)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          Math.trunc(entry.at),
          entry.kind,
          entry.identityId,
          entry.account,
          entry.keyId,
          entry.profile,
          entry.detail,
          actor?.face ?? null,
          actor?.program ?? null,
        );
        if (seals || lastId % pruneEvery === 0) chain.seal();
        if (lastId % pruneEvery === 0) chain.removeThrough(lastId - kept);
      }, false);
    },
    recentProfiles: (limit) =>
      db.all(
        (row) => textIn(row, 'profile'),
        `SELECT profile FROM activity WHERE kind = 'switched' AND profile IN (SELECT name FROM profiles)
       GROUP BY profile ORDER BY MAX(id) DESC LIMIT ?`,
        limit,
      ),
    removeBefore(at) {
      const first = 'SELECT MIN(id) AS id FROM activity WHERE at >= ?';
      db.together(() => {
        chain.seal();
        const kept = db.one((row) => row.id, first, Math.trunc(at));
        chain.removeThrough(typeof kept === 'number' ? kept - 1 : Number.MAX_SAFE_INTEGER);
      });
    },
    check: chain.check,
    list({ since, keyId, limit }) {
      return db.all(
        decode,
        `SELECT * FROM activity WHERE at >= ? AND kind IN (${knownKinds}) ${keyId === null ? '' : 'AND key_id = ?'}
       ORDER BY at DESC, id DESC LIMIT ?`,
        ...[since ?? Number.MIN_SAFE_INTEGER, ...(keyId === null ? [] : [keyId]), limit],
      );
    },
  };
}
