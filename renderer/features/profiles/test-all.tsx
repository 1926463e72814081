import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { countOf, formatNumber } from '../../format/count.ts';
import { useKeyRows } from '../../stores/keys.ts';
import { cancelTestAll, dismissBatch, testAll, useTests } from '../../stores/tests.ts';

/** How many keys can be tested: those whose secret is here. */
export const useTestable = (): number => useKeyRows().filter(({ stored }) => stored).length;

export function TestAllButton() {
  const testable = useTestable();
  const running = useTests(({ batch }) => batch.state === 'running');
  return (
    <Button disabled={testable === 0 || running} onClick={() => void testAll(testable)}>
      Test all
    </Button>
  );
}

/** The progress of a test of all keys, then what came of it. */
export function TestAllProgress() {
  const batch = useTests((state) => state.batch);
  if (batch.state === 'none') return null;
  const dismiss = <Button onClick={dismissBatch}>Dismiss</Button>;
  if (batch.state === 'failed') return <ProblemNote problem={batch.problem} actions={dismiss} />;
  if (batch.state === 'ended') {
    const { tested, valid } = batch.tally;
    if (batch.cancelled) return <Note actions={dismiss}>Stopped after {countOf(tested, 'key')}.</Note>;
    const failing = tested - valid;
    return (
      <Note tone={failing === 0 ? 'good' : 'warn'} actions={dismiss}>
        {failing === 0
          ? `All ${countOf(tested, 'key')} valid.`
          : `${formatNumber(valid)} of ${countOf(tested, 'key')} valid; ${formatNumber(failing)} not. Each row says why.`}
      </Note>
    );
  }
  const { done, total, cancelling } = batch;
  return (
    <div className="batch note" role="status">
      <span>
        Testing {formatNumber(done)} of {countOf(total, 'key')}
      </span>
      <progress aria-label="Keys tested" max={Math.max(total, 1)} value={done} />
      <Button disabled={cancelling} onClick={() => void cancelTestAll()}>
        {cancelling ? 'Stopping…' : 'Cancel'}
      </Button>
    </div>
  );
}
