import type { Balance } from '../../../core/model/fal/budget.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { numberIn, numberOrNullIn, type Row, textIn } from './row.ts';

function decode(row: Row): Balance {
  const before = numberOrNullIn(row, 'before_amount');
  return {
    accountId: textIn(row, 'account_id'),
    amount: numberIn(row, 'amount'),
    currency: textIn(row, 'currency'),
    readAt: numberIn(row, 'read_at'),
    before: before === null ? null : { amount: before, at: numberIn(row, 'before_at') },
  };
}

export const balancesTable = (db: Connection): State['balances'] => ({
  all: () => db.all(decode, 'SELECT * FROM balances'),
  get: (accountId) => db.one(decode, 'SELECT * FROM balances WHERE account_id = ?', accountId),
  put({ accountId, amount, currency, readAt }) {
    // what was there before stays until the amount changes again
    db.run(
      `INSERT INTO balances (account_id, amount, currency, read_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (account_id) DO UPDATE SET
         before_amount = IIF(amount = excluded.amount, before_amount, amount),
         before_at = IIF(amount = excluded.amount, before_at, read_at),
         amount = excluded.amount, currency = excluded.currency, read_at = excluded.read_at`,
      accountId,
      amount,
      currency,
      Math.trunc(readAt),
    );
  },
});
