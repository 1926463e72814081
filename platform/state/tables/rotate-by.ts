import { type RotateByRule, rotateBySubjects } from '../../../core/model/fal/rotate-by.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { numberIn, oneOf, type Row, textIn } from './row.ts';

const decode = (row: Row): RotateByRule => ({
  subject: oneOf(row, 'subject', rotateBySubjects),
  id: textIn(row, 'id'),
  after: numberIn(row, 'days') || 'never',
});

export const rotateByTable = (db: Connection): State['rotateBy'] => ({
  all: () => db.all(decode, 'SELECT * FROM rotate_by'),
  put({ subject, id, after }) {
    db.run(
      `INSERT INTO rotate_by (subject, id, days) VALUES (?, ?, ?)
       ON CONFLICT (subject, id) DO UPDATE SET days = excluded.days`,
      subject,
      id,
      after === 'never' ? 0 : after,
    );
  },
  remove(subject, id) {
    db.run('DELETE FROM rotate_by WHERE subject = ? AND id = ?', subject, id);
  },
  copy(from, to) {
    db.run(
      `INSERT OR IGNORE INTO rotate_by SELECT subject, ?, days FROM rotate_by WHERE subject = 'key' AND id = ?`,
      to,
      from,
    );
  },
  remind: (keyId, dueAt) =>
    db.run(
      `INSERT INTO reminded (key_id, due_at) VALUES (?, ?)
       ON CONFLICT (key_id) DO UPDATE SET due_at = excluded.due_at WHERE due_at <> excluded.due_at`,
      keyId,
      Math.trunc(dueAt),
    ).changes > 0,
});
