import { vaultKinds } from '../../../core/model/machine/vault.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { oneOfOrNull, type Row, textIn } from './row.ts';

const kindIn = (row: Row) => oneOfOrNull(row, 'vault', vaultKinds);
const nameIn = (row: Row) => textIn(row, 'name');

export const secretVaultsTable = (db: Connection): State['secretVaults'] => ({
  get: (name) => db.one(kindIn, 'SELECT vault FROM secret_vaults WHERE name = ?', name),
  inside: (kind) =>
    db.one(nameIn, 'SELECT name FROM secret_vaults WHERE vault IS NULL OR vault = ? LIMIT 1', kind),
  outside: (kind) => db.one(nameIn, 'SELECT name FROM secret_vaults WHERE vault <> ? LIMIT 1', kind),
  put(name, kind) {
    db.run('INSERT OR REPLACE INTO secret_vaults (name, vault) VALUES (?, ?)', name, kind);
  },
  remove(name) {
    db.run('DELETE FROM secret_vaults WHERE name = ?', name);
  },
});
