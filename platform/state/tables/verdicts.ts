import type { Verdict } from '../../../core/model/verdict.ts';
import type { State } from '../../../core/ports.ts';
import type { Connection } from '../connection.ts';
import { readAccountName } from './account-columns.ts';
import { numberIn, numberOrNull, oneOf, oneOfOrNull, type Row, text } from './row.ts';

const decode = (row: Row): Verdict => ({
  kind: oneOf(row, 'kind', [
    'valid',
    'invalid',
    'locked',
    'forbidden',
    'rate_limited',
    'server_error',
    'unreachable',
  ]),
  scope: oneOfOrNull(row, 'scope', ['API', 'ADMIN']),
  account: readAccountName(row),
  latencyMs: numberOrNull(row, 'latency_ms'),
  message: text(row, 'message'),
  testedAt: numberIn(row, 'tested_at'),
});

export const verdictsTable = (db: Connection): State['verdicts'] => ({
  get: (keyId) => db.one(decode, 'SELECT * FROM verdicts WHERE key_id = ?', keyId),
  all: () =>
    new Map(db.all((row): [string, Verdict] => [text(row, 'key_id'), decode(row)], 'SELECT * FROM verdicts')),
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
