import { RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Problem } from '../../../contract/problem.ts';
import { type By, type Sum, sumId, sumsOf, totalsOf } from '../../../core/model/usage.ts';
import { Button } from '../../components/forms/button.tsx';
import { Empty, FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { ListAside, ListTools, ToolSelect } from '../../components/lists/list-tools.tsx';
import { type InList, VirtualList } from '../../components/lists/virtual-list.tsx';
import { formatMoney } from '../../format/money.ts';
import { useKey, useKeyRows } from '../../stores/keys.ts';
import { askSpend, reportOf, type SpendReport, useSpend, usualDays } from '../../stores/spend.ts';
import { openKey, openOverlay } from '../../stores/window/view.ts';
import { DayBars } from './day-bars.tsx';
import './spend.css';

const spans = [7, usualDays, 90].map((days) => ({ value: days, word: `Last ${days} days` }));
const ways: { value: By; word: string }[] = [
  { value: 'key', word: 'By key' },
  { value: 'endpoint', word: 'By model' },
];

/** What the accounts have spent, as fal counts it. */
export function SpendView() {
  const spend = useSpend(({ spend: now }) => now);
  const days = spend.state === 'never' ? usualDays : spend.days;
  const [by, setBy] = useState<By>('key');
  useEffect(() => {
    if (useSpend.getState().spend.state === 'never') void askSpend(usualDays);
  }, []);
  const report = reportOf(spend);
  return (
    <>
      <ListTools>
        <ToolSelect label="Added up" choices={ways} value={by} onChange={setBy} />
        <ToolSelect label="Time" choices={spans} value={days} onChange={(chosen) => void askSpend(chosen)} />
        <ListAside>
          <Button
            icon={RefreshCw}
            busy={spend.state === 'asking'}
            disabled={spend.state === 'asking'}
            onClick={() => void askSpend(days)}
          >
            Ask fal again
          </Button>
        </ListAside>
      </ListTools>
      {report ? (
        <Told report={report} by={by}>
          {spend.state === 'failed' && <ProblemNote problem={spend.problem} />}
        </Told>
      ) : spend.state === 'failed' ? (
        <NothingTold problem={spend.problem} onAgain={() => void askSpend(days)} />
      ) : (
        <LoadingPage what="what was spent" />
      )}
    </>
  );
}

function NothingTold({ problem, onAgain }: { problem: Problem; onAgain: () => void }) {
  const hasAdminKey = useKeyRows().some(({ scope, stored }) => scope === 'ADMIN' && stored);
  // with one here, it is its secret that was not found
  if (problem.code !== 'not_found' || hasAdminKey) return <FailedPage problem={problem} onAgain={onAgain} />;
  return (
    <Empty title="What you spend, key by key" actions={<MakeAdminKey accountId={null} />}>
      fal tells what an account has spent to its ADMIN keys only, and there is none here yet. Create one, and
      its account’s last days are drawn here.
    </Empty>
  );
}

const MakeAdminKey = ({ accountId }: { accountId: string | null }) => (
  <Button onClick={() => openOverlay({ kind: 'create_key', accountId })}>Create a key…</Button>
);

function Told({ report, by, children }: { report: SpendReport; by: By; children: React.ReactNode }) {
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
  const most = Math.max(...sums.map(({ cost }) => cost), 0);
  return (
    <div className="spend">
      {children}
      {problems.map(({ about, error }) => (
        <ProblemNote key={about} problem={{ ...error, message: `${about}: ${error.message}` }} />
      ))}
      <section className="spend-total" aria-label="Altogether">
        <div className="spend-sum">
          {only
            ? formatMoney(only.cost, only.currency)
            : totals.map(({ cost, currency: each }) => formatMoney(cost, each)).join(' and ') || 'Nothing'}
        </div>
        <div className="soft small">{only ? only.name : 'All accounts that tell it'}; days in UTC</div>
        <DayBars lines={drawn} from={from} to={to} currency={only?.currency ?? currency} height={96} />
      </section>
      {sums.length > 0 && (
        <VirtualList
          label={by === 'key' ? 'Spent by key' : 'Spent by model'}
          items={sums}
          keyOf={({ id }) => id}
          height={44}
          selected={chosen}
          row={(sum: Sum, place: InList) => (
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
        <Note actions={<MakeAdminKey accountId={withoutAdminKey[0]?.id ?? null} />}>
          Not counted, as fal tells it to ADMIN keys only and there is none here:{' '}
          {withoutAdminKey.map(({ nickname }) => nickname).join(', ')}.
        </Note>
      )}
    </div>
  );
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
  place: InList;
  pressed: boolean;
  onPress: () => void;
}) {
  const key = useKey(keyId);
  return (
    <div className="sum-line">
      <button
        type="button"
        className="sum-name"
        data-main
        tabIndex={tabIndex}
        aria-pressed={pressed}
        onClick={onPress}
      >
        <span className="clip">{name}</span>
        {account && <span className="soft small clip">{account.nickname}</span>}
      </button>
      <span className="sum-bar" aria-hidden="true">
        <span style={{ width: `${most > 0 ? (cost / most) * 100 : 0}%` }} />
      </span>
      <span className="sum-cost">{formatMoney(cost, currency)}</span>
      <span className="sum-to">
        {key && (
          <button type="button" className="link small" tabIndex={-1} onClick={() => openKey(key.id)}>
            Show
          </button>
        )}
      </span>
    </div>
  );
}
