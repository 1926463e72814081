import { type Budget, type BudgetSubject, budgetPeriods } from '../../../core/model/fal/budget.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { readAccountName } from './account-columns.ts';
import { DamagedRow, numberIn, oneOf, type Row, textIn, textOrNullIn } from './row.ts';

function subjectOf(row: Row): BudgetSubject {
  const account = readAccountName(row);
  if (account) return { kind: 'account', account };
  const profile = textOrNullIn(row, 'profile');
  if (profile !== null) return { kind: 'profile', profile };
  const keyId = textOrNullIn(row, 'key_id');
  if (keyId !== null) return { kind: 'key', keyId };
  throw new DamagedRow('a budget is for nothing');
}

const decode = (row: Row): Budget => ({
  id: numberIn(row, 'id'),
  subject: subjectOf(row),
  amount: numberIn(row, 'amount'),
  currency: textIn(row, 'currency'),
  period: oneOf(row, 'period', budgetPeriods),
  zone: textIn(row, 'zone'),
  alertPercent: numberIn(row, 'alert_percent'),
  spent:
    textOrNullIn(row, 'spent_from') === null
      ? null
      : {
          from: textIn(row, 'spent_from'),
          amount: numberIn(row, 'spent'),
          readAt: numberIn(row, 'read_at'),
        },
});

/** The column that names a subject, and its value. */
const place = (subject: BudgetSubject): [string, string] => {
  switch (subject.kind) {
    case 'account':
      return ['account_id', subject.account.id];
    case 'profile':
      return ['profile', subject.profile];
    case 'key':
      return ['key_id', subject.keyId];
  }
};

export const budgetsTable = (db: Connection): State['budgets'] => {
  const of = (subject: BudgetSubject): Budget | null => {
    const [column, value] = place(subject);
    return db.one(decode, `SELECT * FROM budgets WHERE ${column} = ?`, value);
  };
  const remove = (subject: BudgetSubject): boolean => {
    const [column, value] = place(subject);
    return db.run(`DELETE FROM budgets WHERE ${column} = ?`, value).changes > 0;
  };
  return {
    all: () => db.all(decode, 'SELECT * FROM budgets ORDER BY id'),
    of,
    remove,
    set: ({ subject, amount, currency, period, zone, alertPercent }) =>
      db.together(() => {
        remove(subject);
        db.run(
          `INSERT INTO budgets (account_id, account_nickname, profile, key_id, amount, currency, period, zone, alert_percent)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          subject.kind === 'account' ? subject.account.id : null,
          subject.kind === 'account' ? subject.account.nickname : null,
          subject.kind === 'profile' ? subject.profile : null,
          subject.kind === 'key' ? subject.keyId : null,
          amount,
          currency,
          period,
          zone,
          alertPercent,
        );
      }),
    note(id, { from, amount, readAt }) {
      db.run(
        'UPDATE budgets SET spent_from = ?, spent = ?, read_at = ? WHERE id = ?',
        from,
        amount,
        Math.trunc(readAt),
        id,
      );
    },
    claimAlert: (id, from, percent, at) =>
      db.run(
        // a budget that was removed meanwhile alerts nobody
        `INSERT OR IGNORE INTO budget_alerts (budget, period_from, percent, at)
         SELECT id, ?, ?, ? FROM budgets WHERE id = ?`,
        from,
        percent,
        Math.trunc(at),
        id,
      ).changes > 0,
  };
};
