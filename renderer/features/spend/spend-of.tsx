import { useEffect } from 'react';
import { totalsOf, type UsageReport } from '../../../core/model/usage.ts';
import { formatMoney } from '../../format/money.ts';
import { useKeyRows } from '../../stores/keys.ts';
import { askSpend, reportOf, useSpend, usualDays } from '../../stores/spend.ts';
import { DayBars } from './day-bars.tsx';

/** A pane that is passed over asks nothing. */
const pauseMs = 400;

/** What a key has spent lately, in its pane and its profile's; nothing where its account has no ADMIN key here. */
export function SpendOf({ keyId, accountId }: { keyId: string; accountId: string | null }) {
  const spend = useSpend(({ spend: now }) => now);
  const canAsk = useKeyRows().some(
    ({ stored, scope, account }) => stored && scope === 'ADMIN' && account?.id === accountId,
  );
  const never = spend.state === 'never';
  useEffect(() => {
    if (!canAsk || !never) return;
    const timer = setTimeout(() => void askSpend(usualDays), pauseMs);
    return () => clearTimeout(timer);
  }, [canAsk, never]);
  const report = reportOf(spend);
  if (!canAsk || !report || spend.state === 'never') return null;
  return <Spent report={report} days={spend.days} keyId={keyId} />;
}

function Spent({ report, days, keyId }: { report: UsageReport; days: number; keyId: string }) {
  const own = report.lines.filter((line) => line.keyId === keyId);
  const [total] = totalsOf(own).sort((a, b) => b.cost - a.cost);
  const currency = total?.currency ?? 'USD';
  return (
    <section className="used" aria-label="Spend">
      <h3>
        Spend, {days} days <span className="soft small">{formatMoney(total?.cost ?? 0, currency)}</span>
      </h3>
      {total && (
        <DayBars
          lines={own.filter((line) => line.currency === currency)}
          from={report.from}
          to={report.to}
          currency={currency}
          height={48}
        />
      )}
    </section>
  );
}
