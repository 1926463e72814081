import type { ExportRecord } from '../../../core/model/machine/export-record.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { numberIn, type Row, textIn, textOrNullIn } from './row.ts';

const decode = (row: Row): ExportRecord => ({
  path: textIn(row, 'path'),
  variable: textIn(row, 'variable'),
  format: textIn(row, 'format'),
  profile: textIn(row, 'profile'),
  keyId: textIn(row, 'key_id'),
  salt: textIn(row, 'salt'),
  hash: textIn(row, 'hash'),
  undo: textOrNullIn(row, 'undo'),
  at: numberIn(row, 'at'),
});

const columns = 'path, variable, format, profile, key_id, salt, hash, undo, at';

const valuesOf = (record: ExportRecord) => [
  record.path,
  record.variable,
  record.format,
  record.profile,
  record.keyId,
  record.salt,
  record.hash,
  record.undo,
  Math.trunc(record.at),
];

export const exportsTable = (db: Connection): State['exports'] => ({
  all: () => db.all(decode, 'SELECT * FROM exports ORDER BY path, variable'),
  withKey: (keyId) => db.all(decode, 'SELECT * FROM exports WHERE key_id = ? ORDER BY path, variable', keyId),
  ofFile: (path) => db.all(decode, 'SELECT * FROM exports WHERE path = ? ORDER BY at DESC, variable', path),
  put(record) {
    db.run(
      `INSERT INTO exports (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (path, variable) DO UPDATE SET format = excluded.format, profile = excluded.profile,
         key_id = excluded.key_id, salt = excluded.salt, hash = excluded.hash, undo = excluded.undo,
         at = excluded.at`,
      ...valuesOf(record),
    );
  },
  remove(path, variable) {
    db.run('DELETE FROM exports WHERE path = ? AND variable = ?', path, variable);
    db.run(
      'DELETE FROM export_links WHERE path = ?1 AND NOT EXISTS (SELECT 1 FROM exports WHERE path = ?1)',
      path,
    );
  },
  doubt(record) {
    db.run(
      `INSERT OR REPLACE INTO export_doubts (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...valuesOf(record),
    );
  },
  settle(path, variable) {
    db.run('DELETE FROM export_doubts WHERE path = ? AND variable = ?', path, variable);
  },
  link({ link, path }) {
    db.run('INSERT OR IGNORE INTO export_links (path, link) VALUES (?, ?)', path, link);
  },
  unlink({ link, path }) {
    db.run('DELETE FROM export_links WHERE path = ? AND link = ?', path, link);
  },
  links: () =>
    db.all(
      (row) => ({ link: textIn(row, 'link'), path: textIn(row, 'path') }),
      'SELECT path, link FROM export_links ORDER BY path, link',
    ),
  doubts: () => db.all(decode, 'SELECT * FROM export_doubts ORDER BY path, variable, at'),
});
