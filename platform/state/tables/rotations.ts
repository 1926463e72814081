import { errorCodes, VarvelError } from '../../../core/model/error.ts';
import { scopes } from '../../../core/model/fal/key.ts';
import {
  type JournalEntry,
  journalKinds,
  type Rotation,
  rotationDirections,
  rotationSteps,
} from '../../../core/model/machine/rotation.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { numberIn, numberOrNullIn, oneOf, type Row, textIn, textOrNullIn } from './row.ts';

function decode(row: Row): Rotation {
  const code = textOrNullIn(row, 'problem_code');
  return {
    id: numberIn(row, 'id'),
    oldKeyId: textIn(row, 'old_key_id'),
    newKeyId: textOrNullIn(row, 'new_key_id'),
    alias: textIn(row, 'alias'),
    scope: oneOf(row, 'scope', scopes),
    account: { id: textIn(row, 'account_id'), nickname: textIn(row, 'account_nickname') },
    direction: oneOf(row, 'direction', rotationDirections),
    step: oneOf(row, 'step', rotationSteps),
    graceMs: numberIn(row, 'grace_ms'),
    startedAt: numberIn(row, 'started_at'),
    switchedAt: numberOrNullIn(row, 'switched_at'),
    revokeAt: numberOrNullIn(row, 'revoke_at'),
    lastUsedAt: numberOrNullIn(row, 'last_used_at'),
    usageReadAt: numberOrNullIn(row, 'usage_read_at'),
    problem:
      code === null
        ? null
        : { code: oneOf(row, 'problem_code', errorCodes), message: textIn(row, 'problem') },
    failures: numberIn(row, 'failures'),
    retryAt: numberIn(row, 'retry_at'),
  };
}

const decodeEntry = (row: Row): JournalEntry => ({
  direction: oneOf(row, 'direction', rotationDirections),
  kind: oneOf(row, 'kind', journalKinds),
  subject: textIn(row, 'subject'),
  begunAt: numberIn(row, 'begun_at'),
  doneAt: numberOrNullIn(row, 'done_at'),
  problem: textOrNullIn(row, 'problem'),
});

const columns = [
  'old_key_id',
  'new_key_id',
  'alias',
  'scope',
  'account_id',
  'account_nickname',
  'direction',
  'step',
  'grace_ms',
  'started_at',
  'switched_at',
  'revoke_at',
  'last_used_at',
  'usage_read_at',
  'problem_code',
  'problem',
  'failures',
  'retry_at',
];

const whole = (ms: number | null): number | null => ms && Math.trunc(ms);

/** The values of the columns. */
const values = (rotation: Omit<Rotation, 'id'>) => [
  rotation.oldKeyId,
  rotation.newKeyId,
  rotation.alias,
  rotation.scope,
  rotation.account.id,
  rotation.account.nickname,
  rotation.direction,
  rotation.step,
  whole(rotation.graceMs),
  whole(rotation.startedAt),
  whole(rotation.switchedAt),
  whole(rotation.revokeAt),
  whole(rotation.lastUsedAt),
  whole(rotation.usageReadAt),
  rotation.problem?.code ?? null,
  rotation.problem?.message ?? null,
  rotation.failures,
  whole(rotation.retryAt),
];

const active = `SELECT * FROM rotations WHERE step <> 'ended'`;

export const rotationsTable = (db: Connection): State['rotations'] => ({
  active: () => db.all(decode, `${active} ORDER BY id`),
  get: (id) => db.one(decode, 'SELECT * FROM rotations WHERE id = ?', id),
  replaced: () =>
    db.all(
      (row) => ({ oldKeyId: textIn(row, 'old_key_id'), newKeyId: textIn(row, 'new_key_id') }),
      `SELECT old_key_id, new_key_id FROM rotations
       WHERE direction = 'forward' AND new_key_id IS NOT NULL AND switched_at IS NOT NULL`,
    ),
  begin: (rotation) =>
    db.together(() => {
      const { oldKeyId } = rotation;
      const other = db.one(decode, `${active} AND (old_key_id = ? OR new_key_id = ?)`, oldKeyId, oldKeyId);
      if (other) throw alreadyRotating(oldKeyId);
      return db.run(
        `INSERT INTO rotations (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        ...values(rotation),
      ).lastId;
    }),
  put({ id, ...rotation }) {
    db.run(
      `UPDATE rotations SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
      ...values(rotation),
      id,
    );
  },
  journal: (id) =>
    db.all(
      decodeEntry,
      'SELECT * FROM rotation_journal WHERE rotation = ? ORDER BY begun_at, kind, subject',
      id,
    ),
  note(id, entries) {
    db.together(() => {
      for (const { direction, kind, subject, begunAt, doneAt, problem } of entries)
        db.run(
          `INSERT INTO rotation_journal (rotation, direction, kind, subject, begun_at, done_at, problem)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (rotation, direction, kind, subject) DO UPDATE SET begun_at = excluded.begun_at,
             done_at = excluded.done_at, problem = excluded.problem`,
          id,
          direction,
          kind,
          subject,
          Math.trunc(begunAt),
          whole(doneAt),
          problem,
        );
    });
  },
});

const alreadyRotating = (keyId: string) =>
  new VarvelError('conflict', `Key ${keyId} is being rotated already.`, { action: 'resume_rotation', keyId });
