import type { GithubSecret } from '../../../core/model/machine/github-secret.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { numberIn, type Row, textIn } from './row.ts';

/** An empty name stands for the repository itself: a primary key takes no NULL. */
const decode = (row: Row): GithubSecret => ({
  repository: textIn(row, 'repository'),
  environment: textIn(row, 'environment') || null,
  variable: textIn(row, 'variable'),
  profile: textIn(row, 'profile'),
  keyId: textIn(row, 'key_id'),
  at: numberIn(row, 'at'),
});

const itself = 'repository = ? AND environment = ? AND variable = ?';

export const githubSecretsTable = (db: Connection): State['githubSecrets'] => ({
  all: () => db.all(decode, 'SELECT * FROM github_secrets ORDER BY repository, environment, variable'),
  get: ({ repository, environment, variable }) =>
    db.one(decode, `SELECT * FROM github_secrets WHERE ${itself}`, repository, environment ?? '', variable),
  put({ repository, environment, variable, profile, keyId, at }) {
    db.run(
      `INSERT OR REPLACE INTO github_secrets (repository, environment, variable, profile, key_id, at)
       VALUES (?, ?, ?, ?, ?, ?)`,
      repository,
      environment ?? '',
      variable,
      profile,
      keyId,
      Math.trunc(at),
    );
  },
  remove({ repository, environment, variable }) {
    db.run(`DELETE FROM github_secrets WHERE ${itself}`, repository, environment ?? '', variable);
    db.run(`DELETE FROM github_doubts WHERE ${itself}`, repository, environment ?? '', variable);
  },
  doubt({ repository, environment, variable }, keyId) {
    db.run(
      'INSERT OR IGNORE INTO github_doubts (repository, environment, variable, key_id) VALUES (?, ?, ?, ?)',
      repository,
      environment ?? '',
      variable,
      keyId,
    );
  },
  settle({ repository, environment, variable }) {
    db.run(`DELETE FROM github_doubts WHERE ${itself}`, repository, environment ?? '', variable);
  },
  doubtful: (keyId) =>
    db.all(
      decode,
      `SELECT github_secrets.* FROM github_secrets JOIN github_doubts USING (repository, environment, variable)
       WHERE github_doubts.key_id = ?1 AND github_secrets.key_id <> ?1`,
      keyId,
    ),
});
