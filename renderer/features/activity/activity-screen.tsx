import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { ActivityEntry } from '../../../core/model/activity.ts';
import { useNow } from '../../components/facts/clock.ts';
import { Button } from '../../components/forms/button.tsx';
import { Empty, FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { FilterField, ScreenFrame } from '../../components/layout/screen.tsx';
import { Tabs } from '../../components/layout/tabs.tsx';
import { ListAside, ListTools, ToolSelect } from '../../components/lists/list-tools.tsx';
import { type RowPlace, VirtualList } from '../../components/lists/virtual-list.tsx';
import { dateAndTime, time } from '../../format/age.ts';
import { countOf } from '../../format/count.ts';
import { Prose } from '../../format/prose.tsx';
import { keyName, shortId } from '../../format/words.ts';
import { activitySpan, maxActivity, useActivity } from '../../stores/activity.ts';
import { useKey } from '../../stores/keys/keys.ts';
import { useProfile } from '../../stores/profiles.ts';
import { openKey, openProfile, useView } from '../../stores/window/view.ts';
import { SpendView } from '../spend/spend-view.tsx';
import styles from './activity.module.css';
import { type ActivityGroup, activityDisplay, activityGroups, actorText } from './activity-words.ts';
import { activityLines, filterActivity, type Line } from './lines.ts';

const day = 24 * 60 * 60 * 1000;

const spans: { word: string; value: number | null }[] = [
  { word: 'All time', value: null },
  { word: 'Last 24 hours', value: day },
  { word: 'Last 7 days', value: 7 * day },
  { word: 'Last 30 days', value: 30 * day },
];

export function ActivityScreen() {
  const [query, setQuery] = useState('');
  const shown = useView(({ activity }) => activity);
  return (
    <ScreenFrame
      title="Activity"
      tools={shown === 'log' && <FilterField label="Filter activity" value={query} onChange={setQuery} />}
    >
      <Tabs
        fill
        label="Activity"
        value={shown}
        onChange={(activity) => useView.setState({ activity })}
        tabs={[
          { value: 'log', title: 'Log', content: <LogView query={query} /> },
          { value: 'spend', title: 'Spend', content: shown === 'spend' && <SpendView /> },
        ]}
      />
    </ScreenFrame>
  );
}

function LogView({ query }: { query: string }) {
  const { resource, reload } = useActivity();
  const [group, setGroup] = useState<ActivityGroup>('all');
  const { spanMs } = activitySpan();

  useEffect(() => {
    void reload();
  }, [reload]);

  return (
    <>
      <ListTools>
        <ToolSelect label="Type" choices={activityGroups} value={group} onChange={setGroup} />
        <ToolSelect
          label="Time span"
          choices={spans}
          value={spanMs}
          onChange={(chosen) => {
            activitySpan.setState({ spanMs: chosen });
            void reload();
          }}
        />
        <ListAside>Stored on this machine, without secrets</ListAside>
      </ListTools>
      {resource.state === 'loading' && <LoadingPage what="activity" />}
      {resource.state === 'failed' && <FailedPage problem={resource.problem} onRetry={() => void reload()} />}
      {resource.state === 'ready' && <Log entries={resource.value} query={query} group={group} />}
    </>
  );
}

function Log({ entries, query, group }: { entries: ActivityEntry[]; query: string; group: ActivityGroup }) {
  const now = useNow();
  const { limit } = activitySpan();
  const text = useDeferredValue(query);
  const shown = useMemo(() => filterActivity(entries, text, group), [entries, text, group]);
  const lines = useMemo(() => activityLines(shown, now), [shown, now]);
  if (entries.length === 0) {
    return (
      <Empty title="No activity yet">
        Varvel logs what is done with each key, and by whom: sign-ins, new keys, tests, switches and reveals.
      </Empty>
    );
  }
  if (shown.length === 0) return <Empty title="No results">Try another search, type or time span.</Empty>;
  const more = entries.length >= limit && limit < maxActivity;
  return (
    <>
      <VirtualList
        label="Activity"
        items={lines}
        keyOf={({ id }) => id}
        height={({ kind }) => (kind === 'day' ? 34 : 42)}
        rowClass={({ kind }) => (kind === 'day' ? styles.dayRow : undefined)}
        row={(line: Line, place: RowPlace) => <LogLine line={line} place={place} />}
      />
      {more && (
        <div className={styles.more}>
          <span className="soft small">Latest {countOf(entries.length, 'entry', 'entries')}</span>
          <Button
            onClick={() => {
              activitySpan.setState({ limit: maxActivity });
              void useActivity.getState().reload();
            }}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function LogLine({ line, place: { tabIndex } }: { line: Line; place: RowPlace }) {
  if (line.kind === 'day') {
    return (
      <div className={`inscription ${styles.day}`} data-main tabIndex={tabIndex}>
        {line.name}
      </div>
    );
  }
  const { at, kind, account, detail, actor } = line.entry;
  const { label, icon: Icon } = activityDisplay(kind);
  return (
    <div className={styles.line}>
      <span className="soft" title={dateAndTime(at)}>
        {time(at)}
      </span>
      <Icon size={15} strokeWidth={1.8} aria-hidden="true" />
      <span className={styles.kind} data-main tabIndex={tabIndex}>
        {label}
      </span>
      <span className="clip">
        <Subject entry={line.entry} />
        {detail && (
          <span className="soft" title={detail}>
            {' '}
            <Prose text={detail} />
          </span>
        )}
      </span>
      <span className={`soft clip ${styles.actor}`}>{actorText(actor)}</span>
      <span className={`soft clip ${styles.account}`}>{account}</span>
    </div>
  );
}

/** The profile or key of an entry, as a link while it exists. */
function Subject({ entry: { profile: name, keyId } }: { entry: ActivityEntry }) {
  const profile = useProfile(name);
  const key = useKey(keyId);
  if (name !== null) {
    return profile ? (
      <button type="button" className="link" tabIndex={-1} onClick={() => openProfile(name)}>
        {name}
      </button>
    ) : (
      <b>{name}</b>
    );
  }
  if (keyId === null) return null;
  return key ? (
    <button type="button" className="link" tabIndex={-1} onClick={() => openKey(keyId)}>
      {keyName(key)}
    </button>
  ) : (
    <span className="mono">{shortId(keyId)}</span>
  );
}
