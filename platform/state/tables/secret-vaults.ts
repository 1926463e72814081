import { type VaultKind, vaultKinds } from '../../../core/model/machine/vault.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { oneOf, type Row, textIn } from './row.ts';

const vaultIn = (row: Row) => oneOf(row, 'vault', vaultKinds);
const nameIn = (row: Row) => textIn(row, 'name');

/** An empty vault stands for one that nobody wrote down, most likely the keychain: a primary key takes no NULL. */
export function secretVaultsTable(db: Connection): State['secretVaults'] {
  const isThere = (name: string, kind: VaultKind, leftOver: 0 | 1): boolean =>
    db.one(
      nameIn,
      'SELECT name FROM secret_vaults WHERE name = ? AND vault = ? AND left_over = ?',
      name,
      kind,
      leftOver,
    ) !== null;

  return {
    isIn: (name, kind) => isThere(name, kind, 0),
    isLeftOver: (name, kind) => isThere(name, kind, 1),
    otherThan: (kind, name) =>
      db.one(
        vaultIn,
        "SELECT vault FROM secret_vaults WHERE name = ? AND vault NOT IN (?, '') AND left_over = 0",
        name,
        kind,
      ),
    anyIn: (kind) =>
      db.one(
        nameIn,
        "SELECT name FROM secret_vaults WHERE (vault = ?1 OR (vault = '' AND ?1 = 'keychain')) AND left_over = 0 LIMIT 1",
        kind,
      ),
    allIn: (kind) => db.all(nameIn, 'SELECT name FROM secret_vaults WHERE vault = ? AND left_over = 0', kind),
    put(name, kind) {
      db.run("DELETE FROM secret_vaults WHERE name = ? AND vault = ''", name);
      db.run('INSERT OR REPLACE INTO secret_vaults (name, vault, left_over) VALUES (?, ?, 0)', name, kind);
    },
    remove(name, kind) {
      db.run("DELETE FROM secret_vaults WHERE name = ? AND vault IN (?, '')", name, kind);
    },
    leaveOver(name, kind) {
      db.run("UPDATE secret_vaults SET left_over = 1 WHERE name = ? AND vault NOT IN (?, '')", name, kind);
    },
    clear(kind) {
      db.run('DELETE FROM secret_vaults WHERE vault = ?', kind);
    },
    leftOver: (kind) =>
      db.all(nameIn, 'SELECT name FROM secret_vaults WHERE vault = ? AND left_over = 1', kind),
  };
}
