import { RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Problem } from '../../../contract/problem.ts';
import { dailyPace } from '../../../core/model/fal/budget.ts';
import { type By, type Sum, sumId, sumsOf, totalsOf, type UsageLine } from '../../../core/model/fal/usage.ts';
import { Button } from '../../components/forms/button.tsx';
import { Empty, FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { ListAside, ListTools, ToolSelect } from '../../components/lists/list-tools.tsx';
import { type RowPlace, VirtualList } from '../../components/lists/virtual-list.tsx';
import { formatMoney } from '../../format/money.ts';
import { useKey, useKeyRows } from '../../stores/keys/keys.ts';
import { refreshBudgets, useBudget } from '../../stores/money/money.ts';
import { defaultDays, loadSpend, reportOf, type SpendReport, useSpend } from '../../stores/money/spend.ts';
import { openKey, openOverlay } from '../../stores/window/view.ts';
import { BudgetsCard } from '../money/budgets-card.tsx';
import { DayBars } from './day-bars.tsx';
import styles from './spend-view.module.css';

const spans = [7, defaultDays, 90].map((days) => ({ value: days, word: `Last ${days} days` }));
const ways: { value: By; word: string }[] = [
  { value: 'key', word: 'By key' },
  { value: 'endpoint', word: 'By model' },
  { value: 'member', word: 'By member' },
];

const listLabels: Record<By, string> = {
  key: 'Spend by key',
  endpoint: 'Spend by model',
  day: 'Spend by day',
  member: 'Spend by member',
};

/** The accounts' spend, as fal reports it. */
export function SpendView() {
  const spend = useSpend(({ spend: now }) => now);
  const days = spend.state === 'never' ? defaultDays : spend.days;
  const [by, setBy] = useState<By>('key');
  useEffect(() => {
    if (useSpend.getState().spend.state === 'never') void loadSpend(defaultDays);
    void refreshBudgets().catch(() => null);
  }, []);
  const report = reportOf(spend);
  const members = by === 'member';
  return (
    <>
      <ListTools>
        <ToolSelect
          label="Group by"
          choices={ways}
          value={by}
          onChange={(chosen) => {
            setBy(chosen);
            // an organization's report covers more
            if ((chosen === 'member') !== (by === 'member')) void loadSpend(days, chosen === 'member');
          }}
        />
        <ToolSelect
          label="Time span"
          choices={spans}
          value={days}
          onChange={(chosen) => void loadSpend(chosen, members)}
        />
        <ListAside>
          <Button
            icon={RefreshCw}
            busy={spend.state === 'loading'}
            disabled={spend.state === 'loading'}
            onClick={() => void loadSpend(days, members)}
          >
            Refresh
          </Button>
        </ListAside>
      </ListTools>
      {report ? (
        <Report report={report} by={by}>
          {spend.state === 'failed' && <ProblemNote className={styles.note} problem={spend.problem} />}
        </Report>
      ) : spend.state === 'failed' ? (
        <NoReport problem={spend.problem} onRetry={() => void loadSpend(days, members)} />
      ) : (
        <LoadingPage what="spend" />
      )}
    </>
  );
}

function NoReport({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const hasAdminKey = useKeyRows().some(({ scope, stored }) => scope === 'ADMIN' && stored);
  // with an ADMIN key in the list, it is its secret that wasn't found
  if (problem.code !== 'not_found' || hasAdminKey) return <FailedPage problem={problem} onRetry={onRetry} />;
  return (
    <Empty title="See spend per key" actions={<CreateAdminKeyButton accountId={null} />}>
      fal reports an account’s spend to its ADMIN keys only, and you don’t have one in Varvel yet. Create one
      to see its account’s spend here.
    </Empty>
  );
}

const CreateAdminKeyButton = ({ accountId }: { accountId: string | null }) => (
  <Button onClick={() => openOverlay({ kind: 'create_key', accountId, scope: 'ADMIN' })}>
    Create ADMIN key…
  </Button>
);

function Report({ report, by, children }: { report: SpendReport; by: By; children: React.ReactNode }) {
  const { lines, from, to, withoutAdminKey, problems } = report;
  const [chosen, setChosen] = useState<string | null>(null);
  const totals = useMemo(() => totalsOf(lines).sort((a, b) => b.cost - a.cost), [lines]);
  const sums = useMemo(() => sumsOf(lines, by), [lines, by]);
  const currency = totals[0]?.currency ?? 'USD';
  const only = sums.find(({ id }) => id === chosen) ?? null;
  const drawn = useMemo(
    () =>
      lines.filter(
        (line) => line.currency === (only?.currency ?? currency) && (!only || sumId(line, by) === only.id),
      ),
    [lines, only, by, currency],
  );
  const pace = usePace(only?.keyId ?? null, lines);
  const most = Math.max(...sums.map(({ cost }) => cost), 0);
  return (
    <div className={styles.report}>
      {children}
      {problems.map(({ about, error }) => (
        <ProblemNote
          key={about}
          className={styles.note}
          problem={{ ...error, message: `${about}: ${error.message}` }}
        />
      ))}
      <section className={styles.total} aria-label="Total">
        <div className={styles.sum}>
          {only
            ? formatMoney(only.cost, only.currency)
            : totals.map(({ cost, currency: each }) => formatMoney(cost, each)).join(' and ') || 'No spend'}
        </div>
        <div className="soft small">{only ? only.name : 'All accounts that report spend'} · UTC</div>
        <DayBars
          lines={drawn}
          from={from}
          to={to}
          currency={only?.currency ?? currency}
          height={96}
          pace={pace}
        />
      </section>
      {by === 'member' && (
        <Note className={styles.note}>
          fal names members only for calls made with a sign-in. Calls with a key stand in one line.
        </Note>
      )}
      <BudgetsCard className={styles.note} />
      {sums.length > 0 && (
        <VirtualList
          label={listLabels[by]}
          items={sums}
          keyOf={({ id }) => id}
          height={44}
          selected={chosen}
          row={(sum: Sum, place: RowPlace) => (
            <SumLine
              sum={sum}
              most={most}
              place={place}
              pressed={sum.id === chosen}
              onPress={() => setChosen(sum.id === chosen ? null : sum.id)}
            />
          )}
        />
      )}
      {withoutAdminKey.length > 0 && (
        <Note
          className={styles.note}
          actions={<CreateAdminKeyButton accountId={withoutAdminKey[0]?.id ?? null} />}
        >
          Not included (needs an ADMIN key): {withoutAdminKey.map(({ nickname }) => nickname).join(', ')}.
        </Note>
      )}
    </div>
  );
}

/** What the budget of a chosen key, or of the only account, allows each day; null without one. */
function usePace(keyId: string | null, lines: readonly UsageLine[]): number | null {
  const accounts = new Map(lines.map(({ account }) => [account.id, account]));
  const [account] = accounts.values();
  const only = keyId === null && accounts.size === 1 ? account : undefined;
  const budget = useBudget(
    keyId !== null ? { kind: 'key', keyId } : only ? { kind: 'account', account: only } : null,
  );
  return budget && dailyPace(budget);
}

function SumLine({
  sum: { name, keyId, account, cost, currency },
  most,
  place: { tabIndex },
  pressed,
  onPress,
}: {
  sum: Sum;
  most: number;
  place: RowPlace;
  pressed: boolean;
  onPress: () => void;
}) {
  const key = useKey(keyId);
  return (
    <div className={styles.line}>
      <button
        type="button"
        className={styles.name}
        data-main
        tabIndex={tabIndex}
        aria-pressed={pressed}
        onClick={onPress}
      >
        <span className="clip">{name}</span>
        {account && <span className={`soft small clip ${styles.account}`}>{account.nickname}</span>}
      </button>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${most > 0 ? (cost / most) * 100 : 0}%` }} />
      </span>
      <span className={styles.cost} data-cost>
        {formatMoney(cost, currency)}
      </span>
      <span className={styles.to}>
        {key && (
          <button type="button" className="link small" tabIndex={-1} onClick={() => openKey(key.id)}>
            Show
          </button>
        )}
      </span>
    </div>
  );
}
