import { useEffect } from 'react';
import type { BudgetPeriod, BudgetView } from '../../../core/model/fal/budget.ts';
import { dateAndTime } from '../../format/age.ts';
import { formatMoney } from '../../format/money.ts';
import { useKeyRows } from '../../stores/keys/keys.ts';
import { refreshBudgets } from '../../stores/money/money.ts';
import { useReadsMoney } from '../../stores/settings.ts';
import styles from './budget-meter.module.css';

const periodWords: Record<BudgetPeriod, string> = { day: 'today', week: 'this week', month: 'this month' };

const tones = { well: styles.well, alert: styles.alert, over: styles.over, unknown: styles.unknown } as const;

/** What is spent of a budget, as a bar with its alert marked, and in words. */
export function BudgetMeter({ budget }: { budget: BudgetView }) {
  const { account, amount, currency, spent, percent, alertPercent, level, period, name } = budget;
  const canRead = useKeyRows().some(
    ({ stored, scope, account: owner }) => stored && scope === 'ADMIN' && owner?.id === account?.id,
  );
  const isWanted = useReadsMoney() && level === 'unknown';
  useEffect(() => {
    // what can't be read now isn't asked for again for minutes
    if (isWanted) void refreshBudgets().catch(() => null);
  }, [isWanted]);
  const words = spent
    ? `${formatMoney(spent.amount, currency)} of ${formatMoney(amount, currency)} ${periodWords[period]}`
    : `${formatMoney(amount, currency)} ${periodWords[period]}, ${canRead ? 'spend not known yet' : 'spend not known: it needs an ADMIN key of the account'}`;
  return (
    <span
      className={styles.meter}
      title={spent ? `As of ${dateAndTime(spent.readAt)}. fal counts with a delay.` : undefined}
    >
      <span
        className={`${styles.bar} ${tones[level]}`}
        role="img"
        aria-label={`Budget of ${name}: ${percent === null ? 'not known' : `${percent}% spent`}, alert at ${alertPercent}%`}
      >
        <span style={{ width: `${Math.min(100, percent ?? 0)}%` }} />
        <i style={{ left: `${alertPercent}%` }} />
      </span>
      <span className="small">
        {words}
        {level === 'over' && <b className={styles.overWord}> Over budget</b>}
      </span>
    </span>
  );
}
