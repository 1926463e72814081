import { VarvelError } from '../../../core/model/error.ts';
import type { Profile } from '../../../core/model/profile.ts';
import type { CurrentChange, State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import type { Signal } from '../signal.ts';
import { readAccountName } from './account-columns.ts';
import { numberIn, type Row, textIn, textOrNullIn } from './row.ts';

const decode = (row: Row): Profile => ({
  name: textIn(row, 'name'),
  account: readAccountName(row),
  keyId: textOrNullIn(row, 'key_id'),
  host: textOrNullIn(row, 'host'),
  color: textIn(row, 'color'),
  note: textOrNullIn(row, 'note'),
});

const name = (row: Row): string => textIn(row, 'name');

/** A foreign key renames and deletes the current profile with its profile, see schema.ts. */
export function profilesTable(db: Connection, signal: Signal): State['profiles'] {
  /** Makes a change. @param work returns what it does to the current profile, if anything */
  const change = (work: () => CurrentChange | null) => {
    db.together(() => signal.note(work()));
    // in a transaction, at its end: nobody else sees the change before
    if (!db.isInTransaction) signal.send();
  };
  const exists = (profile: string) =>
    db.one(name, 'SELECT name FROM profiles WHERE name = ?', profile) !== null;
  const current = () => db.one(name, 'SELECT name FROM current_profile');
  const get = (profile: string) => db.one(decode, 'SELECT * FROM profiles WHERE name = ?', profile);
  return {
    // in SQLite, a negative limit means no limit
    all: (first = null) => db.all(decode, 'SELECT * FROM profiles ORDER BY name LIMIT ?', first ?? -1),
    count: () => db.one((row) => numberIn(row, 'count'), 'SELECT COUNT(*) AS count FROM profiles') ?? 0,
    names: () => db.all(name, 'SELECT name FROM profiles ORDER BY name'),
    get,
    withKey: (keyId) => db.all(decode, 'SELECT * FROM profiles WHERE key_id = ? ORDER BY name', keyId),
    put: (profile) =>
      change(() => {
        const before = current() === profile.name ? get(profile.name) : null;
        db.run(
          `INSERT INTO profiles (name, account_id, account_nickname, key_id, host, color, note)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET account_id = excluded.account_id,
             account_nickname = excluded.account_nickname, key_id = excluded.key_id, host = excluded.host,
             color = excluded.color, note = excluded.note`,
          profile.name,
          profile.account?.id ?? null,
          profile.account?.nickname ?? null,
          profile.keyId,
          profile.host,
          profile.color,
          profile.note,
        );
        const isOther =
          before &&
          (before.keyId !== profile.keyId ||
            before.host !== profile.host ||
            before.account?.nickname !== profile.account?.nickname);
        return isOther ? 'change' : null;
      }),
    rename: (from, to) =>
      change(() => {
        if (!exists(from)) throw missing(from);
        if (from === to) return null;
        if (exists(to)) throw taken(to);
        db.run('UPDATE profiles SET name = ? WHERE name = ?', to, from);
        // files and secrets that have its key: they belong to it, not to its name
        for (const table of ['exports', 'export_doubts', 'github_secrets'])
          db.run(`UPDATE ${table} SET profile = ? WHERE profile = ?`, to, from);
        db.run(
          "UPDATE OR REPLACE rotation_journal SET subject = ? WHERE kind = 'profile' AND subject = ?",
          to,
          from,
        );
        return current() === to ? 'change' : null;
      }),
    remove: (profile) =>
      change(() => {
        const wasCurrent = current() === profile;
        db.run('DELETE FROM profiles WHERE name = ?', profile);
        return wasCurrent ? 'change' : null;
      }),
    starred: () => db.all((row) => textIn(row, 'profile'), 'SELECT profile FROM stars ORDER BY profile'),
    setStarred(profile, starred) {
      db.run(
        starred ? 'INSERT OR IGNORE INTO stars VALUES (?)' : 'DELETE FROM stars WHERE profile = ?',
        profile,
      );
    },
    current,
    setCurrent: (profile) =>
      change(() => {
        if (profile === null) db.run('DELETE FROM current_profile');
        else if (!exists(profile)) throw missing(profile);
        else
          db.run(
            'INSERT INTO current_profile (only, name) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET name = excluded.name',
            profile,
          );
        return 'switch';
      }),
  };
}

const missing = (profile: string) =>
  new VarvelError('not_found', `Profile “${profile}” doesn’t exist.`, {
    action: 'list_profiles',
    nearest: null,
  });

const taken = (profile: string) =>
  new VarvelError('conflict', `Profile “${profile}” already exists.`, 'Choose another name.');
