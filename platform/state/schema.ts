/** The tables that faces show, with their first topics. */
const topicOf = {
  identities: 'accounts',
  accounts: 'accounts',
  keys: 'keys',
  profiles: 'profiles',
  current_profile: 'profiles',
  verdicts: 'keys',
  settings: 'settings',
  activity: 'activity',
  exports: 'profiles',
};

const changes = ['INSERT', 'UPDATE', 'DELETE'];

/** Triggers that count every change of a table, by any process: a face sees from the counts what to read again. */
const countingTriggers = (table: string, topic: string): string =>
  changes
    .map(
      (what) => `
  CREATE TRIGGER ${table}_${what.toLowerCase()} AFTER ${what} ON ${table} BEGIN
    UPDATE topics SET version = version + 1 WHERE name = '${topic}';
  END;`,
    )
    .join('');

const dropTriggers = (table: string): string =>
  changes.map((what) => `\n  DROP TRIGGER IF EXISTS ${table}_${what.toLowerCase()};`).join('');

const topics = `
  CREATE TABLE topics (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO topics SELECT value, 0 FROM json_each('${JSON.stringify([...new Set(Object.values(topicOf))])}');
  ${Object.entries(topicOf)
    .map(([table, topic]) => countingTriggers(table, topic))
    .join('')}
`;

/**
 * The database's history: the step at index n migrates from version n to n + 1
 * (`PRAGMA user_version`). A published step never changes; add a new one.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE identities (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    connection TEXT,
    signed_in INTEGER NOT NULL CHECK (signed_in IN (0, 1)),
    signed_in_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE accounts (
    identity_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    nickname TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'team', 'organization')),
    lock_reason TEXT,
    PRIMARY KEY (identity_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE keys (
    id TEXT NOT NULL PRIMARY KEY,
    alias TEXT,
    scope TEXT CHECK (scope IN ('API', 'ADMIN')),
    account_id TEXT,
    account_nickname TEXT,
    created_at INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE profiles (
    name TEXT NOT NULL PRIMARY KEY,
    account_id TEXT,
    account_nickname TEXT,
    key_id TEXT,
    host TEXT,
    color TEXT NOT NULL,
    note TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX profiles_by_key ON profiles (key_id);

  -- No row, or one: the foreign key lets it follow a rename and vanish with its profile.
  CREATE TABLE current_profile (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    name TEXT NOT NULL REFERENCES profiles (name) ON UPDATE CASCADE ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX current_profile_by_name ON current_profile (name);

  CREATE TABLE verdicts (
    key_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    scope TEXT CHECK (scope IN ('API', 'ADMIN')),
    account_id TEXT,
    account_nickname TEXT,
    latency_ms REAL,
    message TEXT NOT NULL,
    next TEXT NOT NULL,
    tested_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE intents (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    pid INTEGER NOT NULL,
    started TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('store_key', 'forget_key')),
    key_id TEXT NOT NULL,
    alias TEXT,
    scope TEXT CHECK (scope IN ('API', 'ADMIN')),
    account_id TEXT,
    account_nickname TEXT,
    created_at INTEGER
  ) STRICT;

  CREATE TABLE activity (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    identity_id TEXT,
    account TEXT,
    key_id TEXT,
    profile TEXT,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX activity_by_time ON activity (at);

  CREATE TABLE exports (
    path TEXT NOT NULL,
    variable TEXT NOT NULL,
    format TEXT NOT NULL,
    profile TEXT NOT NULL,
    key_id TEXT NOT NULL,
    salt TEXT NOT NULL,
    hash TEXT NOT NULL,
    undo TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (path, variable)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX exports_by_key ON exports (key_id);
  ${topics}
  `,
  // some databases already have the table, from before this was its own step
  `
  CREATE TABLE IF NOT EXISTS pins (
    folder TEXT NOT NULL PRIMARY KEY,
    profile TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO topics VALUES ('exports', 0);
  ${dropTriggers('exports')}${dropTriggers('pins')}
  ${countingTriggers('exports', 'exports')}${countingTriggers('pins', 'exports')}
  `,
  // a verdict's hint follows from its kind
  'ALTER TABLE verdicts DROP COLUMN next;',
  // the hosts of this environment, see core/environments/bind-hosts.ts
  'CREATE TABLE hosts (host TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;',
  `
  ALTER TABLE activity ADD COLUMN face TEXT;
  ALTER TABLE activity ADD COLUMN program TEXT;
  CREATE INDEX activity_by_key ON activity (key_id, at) WHERE key_id IS NOT NULL;
  `,
  `
  CREATE TABLE stars (
    profile TEXT NOT NULL PRIMARY KEY REFERENCES profiles (name) ON UPDATE CASCADE ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  ${countingTriggers('stars', 'profiles')}
  `,
  // the log's hash chain; it begins behind the lines that were there before, see tables/activity-chain.ts
  `
  CREATE TABLE activity_seals (id INTEGER NOT NULL PRIMARY KEY, seal TEXT NOT NULL) STRICT;
  INSERT INTO activity_seals SELECT IFNULL(MAX(seq), 0), '' FROM sqlite_sequence WHERE name = 'activity';
  `,
  `
  CREATE TABLE rotations (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    old_key_id TEXT NOT NULL,
    new_key_id TEXT,
    alias TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('API', 'ADMIN')),
    account_id TEXT NOT NULL,
    account_nickname TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('forward', 'back')),
    step TEXT NOT NULL CHECK (step IN ('create', 'test', 'switch', 'wait', 'revoke', 'ended')),
    grace_ms INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    switched_at INTEGER,
    revoke_at INTEGER,
    last_used_at INTEGER,
    usage_read_at INTEGER,
    problem_code TEXT,
    problem TEXT,
    failures INTEGER NOT NULL,
    retry_at INTEGER NOT NULL
  ) STRICT;
  -- no two rotations of one key at once, whichever processes begin them
  CREATE UNIQUE INDEX rotations_by_old_key ON rotations (old_key_id) WHERE step <> 'ended';
  CREATE UNIQUE INDEX rotations_by_new_key ON rotations (new_key_id) WHERE step <> 'ended';

  CREATE TABLE rotation_journal (
    rotation INTEGER NOT NULL REFERENCES rotations (id),
    direction TEXT NOT NULL CHECK (direction IN ('forward', 'back')),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    done_at INTEGER,
    problem TEXT,
    PRIMARY KEY (rotation, direction, kind, subject)
  ) STRICT, WITHOUT ROWID;
  ${countingTriggers('rotations', 'keys')}
  `,
  // their names are the same in upper and lower case at GitHub; an empty environment is the repository itself
  `
  CREATE TABLE github_secrets (
    repository TEXT NOT NULL COLLATE NOCASE,
    environment TEXT NOT NULL COLLATE NOCASE,
    variable TEXT NOT NULL COLLATE NOCASE,
    profile TEXT NOT NULL,
    key_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (repository, environment, variable)
  ) STRICT, WITHOUT ROWID;
  ${countingTriggers('github_secrets', 'exports')}
  `,
  // keys that end by themselves, and when others are to be rotated
  `
  CREATE TABLE temporary_keys (
    alias TEXT NOT NULL PRIMARY KEY,
    key_id TEXT,
    scope TEXT NOT NULL CHECK (scope IN ('API', 'ADMIN')),
    account_id TEXT NOT NULL,
    account_nickname TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- the process whose end ends the key; none when only its time does
    holder_pid INTEGER,
    holder_started TEXT NOT NULL DEFAULT '',
    ended INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)),
    problem TEXT,
    failures INTEGER NOT NULL,
    retry_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- days; 0 means never
  CREATE TABLE rotate_by (
    subject TEXT NOT NULL CHECK (subject IN ('key', 'account')),
    id TEXT NOT NULL,
    days INTEGER NOT NULL,
    PRIMARY KEY (subject, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE reminded (
    key_id TEXT NOT NULL PRIMARY KEY,
    due_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  ${countingTriggers('temporary_keys', 'keys')}${countingTriggers('rotate_by', 'keys')}
  `,
  // what accounts have, and what people want to spend
  `
  CREATE TABLE balances (
    account_id TEXT NOT NULL PRIMARY KEY,
    amount REAL NOT NULL,
    currency TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    before_amount REAL,
    before_at INTEGER
  ) STRICT, WITHOUT ROWID;

  -- for an account, a profile or a key; a profile's follows a rename and vanishes with its profile
  CREATE TABLE budgets (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id TEXT UNIQUE,
    account_nickname TEXT,
    profile TEXT UNIQUE REFERENCES profiles (name) ON UPDATE CASCADE ON DELETE CASCADE,
    key_id TEXT UNIQUE,
    amount REAL NOT NULL,
    currency TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period IN ('day', 'week', 'month')),
    zone TEXT NOT NULL,
    alert_percent INTEGER NOT NULL,
    spent_from TEXT,
    spent REAL,
    read_at INTEGER,
    CHECK ((account_id IS NOT NULL) + (profile IS NOT NULL) + (key_id IS NOT NULL) = 1)
  ) STRICT;

  -- one for each threshold and period, whichever program tells it
  CREATE TABLE budget_alerts (
    budget INTEGER NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    period_from TEXT NOT NULL,
    percent INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (budget, period_from, percent)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO topics VALUES ('money', 0);
  ${countingTriggers('balances', 'money')}${countingTriggers('budgets', 'money')}
  `,
  // which vault has which secret, and what is left over in one that was not in use; empty where nobody wrote it down
  `
  CREATE TABLE secret_vaults (
    name TEXT NOT NULL,
    vault TEXT NOT NULL CHECK (vault IN ('keychain', 'file', '')),
    left_over INTEGER NOT NULL CHECK (left_over IN (0, 1)),
    PRIMARY KEY (name, vault)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX left_over_secrets ON secret_vaults (vault) WHERE left_over = 1;
  INSERT INTO secret_vaults SELECT 'key/' || id, '', 0 FROM keys;
  INSERT INTO secret_vaults SELECT 'session/' || id || '/refresh', '', 0 FROM identities WHERE signed_in = 1;
  `,
  // files beside other programs' files that a killed process may have left, with a key in them
  `
  CREATE TABLE temporary_files (
    path TEXT NOT NULL PRIMARY KEY,
    pid INTEGER NOT NULL,
    started TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // sign-ins and sign-outs that are under way: their tokens are in the vault, or may be
  `
  CREATE TABLE session_intents (
    identity_id TEXT NOT NULL PRIMARY KEY,
    pid INTEGER NOT NULL,
    started TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // keys that a secret may still have, where nobody knows how setting another one ended
  `
  CREATE TABLE github_doubts (
    repository TEXT NOT NULL COLLATE NOCASE,
    environment TEXT NOT NULL COLLATE NOCASE,
    variable TEXT NOT NULL COLLATE NOCASE,
    key_id TEXT NOT NULL,
    PRIMARY KEY (repository, environment, variable, key_id)
  ) STRICT, WITHOUT ROWID;
  `,
  // what a file may have instead of what its export says: it is being changed, or a change was interrupted
  `
  CREATE TABLE export_doubts (
    path TEXT NOT NULL,
    variable TEXT NOT NULL,
    format TEXT NOT NULL,
    profile TEXT NOT NULL,
    key_id TEXT NOT NULL,
    salt TEXT NOT NULL,
    hash TEXT NOT NULL,
    undo TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (path, variable, key_id)
  ) STRICT, WITHOUT ROWID;
  `,
  // the symbolic links that exported files were named by: one may become a file of its own, with the key
  `
  CREATE TABLE export_links (
    path TEXT NOT NULL,
    link TEXT NOT NULL,
    PRIMARY KEY (path, link)
  ) STRICT, WITHOUT ROWID;
  `,
];
