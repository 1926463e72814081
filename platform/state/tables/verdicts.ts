import { scopes } from '../../../core/model/fal/key.ts';
import { type Verdict, verdictKinds } from '../../../core/model/fal/verdict.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { readAccountName } from './account-columns.ts';
import { numberIn, numberOrNullIn, oneOf, oneOfOrNull, type Row, textIn } from './row.ts';

const decode = (row: Row): Verdict => ({
  kind: oneOf(row, 'kind', verdictKinds),
  scope: oneOfOrNull(row, 'scope', scopes),
  account: readAccountName(row),
  latencyMs: numberOrNullIn(row, 'latency_ms'),
  message: textIn(row, 'message'),
  testedAt: numberIn(row, 'tested_at'),
});

export const verdictsTable = (db: Connection): State['verdicts'] => ({
  get: (keyId) => db.one(decode, 'SELECT * FROM verdicts WHERE key_id = ?', keyId),
  all: () =>
    new Map(
      db.all((row): [string, Verdict] => [textIn(row, 'key_id'), decode(row)], 'SELECT * FROM verdicts'),
    ),
  put(keyId, verdict) {
    db.run(
      `INSERT INTO verdicts
         (key_id, kind, scope, account_id, account_nickname, latency_ms, message, tested_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET kind = excluded.kind, scope = excluded.scope,
         account_id = excluded.account_id, account_nickname = excluded.account_nickname,
         latency_ms = excluded.latency_ms, message = excluded.message,
         tested_at = excluded.tested_at`,
      keyId,
      verdict.kind,
      verdict.scope,
      verdict.account?.id ?? null,
      verdict.account?.nickname ?? null,
      verdict.latencyMs,
      verdict.message,
      Math.trunc(verdict.testedAt),
    );
  },
});
