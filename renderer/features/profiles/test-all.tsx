import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { countOf, formatNumber } from '../../format/count.ts';
import { useKeyRows } from '../../stores/keys/keys.ts';
import { cancelTestAll, dismissBatch, testAll, useTests } from '../../stores/keys/tests.ts';
import { arrangeKeyList, showKeysOf } from '../../stores/window/view.ts';
import styles from './test-all.module.css';

function showFailingKeys(): void {
  arrangeKeyList({ show: 'failing' });
  showKeysOf(null);
}

/** How many keys can be tested: those in the vault. */
export const useTestableCount = (): number => useKeyRows().filter(({ stored }) => stored).length;

export function TestAllButton() {
  const testable = useTestableCount();
  const running = useTests(({ batch }) => batch.state === 'running');
  return (
    <Button disabled={testable === 0 || running} onClick={() => void testAll(testable)}>
      Test all
    </Button>
  );
}

/**
 * The progress of testing keys, then the result.
 * @param failing how many rows of this screen fail
 * @param onShowFailing shows them alone
 */
export function TestAllProgress({
  failing: rows,
  onShowFailing,
}: {
  failing: number;
  onShowFailing: () => void;
}) {
  const batch = useTests((state) => state.batch);
  if (batch.state === 'none') return null;
  const dismiss = <Button onClick={dismissBatch}>Dismiss</Button>;
  if (batch.state === 'failed') return <ProblemNote problem={batch.problem} actions={dismiss} />;
  if (batch.state === 'ended') {
    const { tested, valid } = batch.tally;
    if (batch.cancelled)
      return <Note actions={dismiss}>Stopped after testing {countOf(tested, 'key')}.</Note>;
    const failing = tested - valid;
    // on the screen for profiles, some of the keys may be in none
    const show = rows === failing ? onShowFailing : showFailingKeys;
    return (
      <Note
        tone={failing === 0 ? 'good' : 'warn'}
        actions={
          <>
            {failing > 0 && (
              <Button onClick={show}>
                {failing === 1 ? 'Show the one that fails' : `Show the ${formatNumber(failing)} that fail`}
              </Button>
            )}
            {dismiss}
          </>
        }
      >
        {failing === 0
          ? `All ${countOf(tested, 'key')} valid`
          : `${formatNumber(valid)} valid, ${formatNumber(failing)} ${failing === 1 ? 'needs' : 'need'} attention`}
      </Note>
    );
  }
  const { done, total, cancelling } = batch;
  return (
    <div className={`note ${styles.batch}`} role="status">
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
