import { useEffect } from 'react';
import { dailyPace } from '../../../core/model/fal/budget.ts';
import { totalsOf, type UsageReport } from '../../../core/model/fal/usage.ts';
import { PaneCard } from '../../components/layout/pane.tsx';
import { formatMoney } from '../../format/money.ts';
import { useKeyRows } from '../../stores/keys/keys.ts';
import { useBudget } from '../../stores/money/money.ts';
import { defaultDays, loadSpend, reportOf, useSpend } from '../../stores/money/spend.ts';
import { useReadsMoney } from '../../stores/settings.ts';
import { DayBars } from './day-bars.tsx';

/** A pane must stay open this long before it loads spend. */
const delayMs = 400;

/** A key's recent spend, in its pane and its profile's. Needs an ADMIN key of its account in the vault. */
export function KeySpend({ keyId, accountId }: { keyId: string; accountId: string | null }) {
  const spend = useSpend(({ spend: now }) => now);
  const canLoad = useKeyRows().some(
    ({ stored, scope, account }) => stored && scope === 'ADMIN' && account?.id === accountId,
  );
  const never = spend.state === 'never';
  const isAutomatic = useReadsMoney();
  useEffect(() => {
    if (!canLoad || !never || !isAutomatic) return;
    const timer = setTimeout(() => void loadSpend(defaultDays), delayMs);
    return () => clearTimeout(timer);
  }, [canLoad, never, isAutomatic]);
  const report = reportOf(spend);
  if (canLoad && never && !isAutomatic)
    return (
      <PaneCard label="Spend">
        <h3>
          Spend{' '}
          <button type="button" className="link small" onClick={() => void loadSpend(defaultDays)}>
            Read spend
          </button>
        </h3>
      </PaneCard>
    );
  if (!canLoad || !report || spend.state === 'never') return null;
  return <Spent report={report} days={spend.days} keyId={keyId} />;
}

function Spent({ report, days, keyId }: { report: UsageReport; days: number; keyId: string }) {
  const own = report.lines.filter((line) => line.keyId === keyId);
  const [total] = totalsOf(own).sort((a, b) => b.cost - a.cost);
  const currency = total?.currency ?? 'USD';
  const budget = useBudget({ kind: 'key', keyId });
  return (
    <PaneCard label="Spend">
      <h3>
        Spend, last {days} days <span className="soft small">{formatMoney(total?.cost ?? 0, currency)}</span>
      </h3>
      {total && (
        <DayBars
          lines={own.filter((line) => line.currency === currency)}
          from={report.from}
          to={report.to}
          currency={currency}
          height={48}
          pace={budget && dailyPace(budget)}
        />
      )}
    </PaneCard>
  );
}
