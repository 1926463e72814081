import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { textIn } from './row.ts';

export const settingsTable = (db: Connection): State['settings'] => ({
  get: (name) => db.one((row) => textIn(row, 'value'), 'SELECT value FROM settings WHERE name = ?', name),
  set(name, value) {
    db.run(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      value,
    );
  },
});
