import { Check, Circle, CircleAlert } from 'lucide-react';
import { type RotationView, rotationSteps } from '../../../core/model/machine/rotation.ts';
import { call } from '../../bridge.ts';
import { Spinner } from '../../components/facts/ring.tsx';
import { Button } from '../../components/forms/button.tsx';
import { Note } from '../../components/layout/note.tsx';
import { DialogActions } from '../../components/overlays/dialog.tsx';
import { dateAndTime } from '../../format/age.ts';
import { countOf } from '../../format/count.ts';
import { hintWords } from '../../format/hint-words.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import styles from './rotation-progress.module.css';
import { endWords, stepLabels } from './rotation-words.ts';

const looks = { done: undefined, next: styles.next, now: styles.now, stopped: styles.now };

type Run = (work: (job: string) => Promise<RotationView>) => void;

const forward = ['create', 'test', 'switch', 'wait', 'revoke'] as const;
const back = ['switch', 'wait', 'revoke'] as const;

const backLabels = {
  switch: 'Give everything the old key back',
  wait: 'Keep both keys working',
  revoke: 'Revoke new key',
} as const;

/** A rotation's steps, and what can be done about it. */
export function RotationProgress({
  rotation,
  busy,
  run,
}: {
  /** Null until its first step is in the database. */
  rotation: RotationView | null;
  busy: boolean;
  run: Run;
}) {
  const direction = rotation?.direction ?? 'forward';
  const step = rotation?.step ?? 'create';
  const now = rotationSteps.indexOf(step);
  const steps = direction === 'forward' ? forward : back;
  return (
    <>
      <ol className={styles.steps} aria-live="polite">
        {steps.map((each) => {
          const at = rotationSteps.indexOf(each);
          const state =
            at < now ? 'done' : at > now ? 'next' : rotation?.problem && !busy ? 'stopped' : 'now';
          const label = direction === 'back' && each in backLabels ? backOf(each) : stepLabels[each];
          return (
            <li key={each} className={looks[state]} aria-current={state === 'now' ? 'step' : undefined}>
              <Mark state={state} waits={each === 'wait' && !busy} />
              <span>
                {label}
                {each === 'switch' && at < now && rotation && <Moved rotation={rotation} />}
                {each === 'wait' && state === 'now' && <Until rotation={rotation} />}
              </span>
            </li>
          );
        })}
      </ol>
      {rotation?.problem && !busy && (
        <Note tone="bad">
          <b>{rotation.problem.message}</b>
          {rotation.refused.length > 1 && (
            <ul>
              {rotation.refused.map(({ subject, message }) => (
                <li key={subject}>{message}</li>
              ))}
            </ul>
          )}
          <div>{hintWords(rotation.hint)}</div>
        </Note>
      )}
      {rotation?.step === 'ended' && <Note tone="good">{endWords(rotation)}</Note>}
      {step === 'wait' && !busy && (
        <p className="soft small">
          You can close this. Varvel goes on by itself while it runs, and so does the next command.
        </p>
      )}
      <Actions rotation={rotation} busy={busy} run={run} />
    </>
  );
}

const backOf = (step: (typeof forward)[number]): string =>
  step === 'create' || step === 'test' ? stepLabels[step] : backLabels[step];

function Mark({ state, waits }: { state: 'done' | 'now' | 'next' | 'stopped'; waits: boolean }) {
  if (state === 'done') return <Check size={16} aria-label="Done:" />;
  if (state === 'stopped') return <CircleAlert size={16} aria-label="Stopped:" />;
  if (state === 'now' && !waits) return <Spinner size={16} />;
  return <Circle size={16} aria-hidden="true" />;
}

function Moved({ rotation: { moved } }: { rotation: RotationView }) {
  const parts = [
    countOf(moved.profiles, 'profile'),
    countOf(moved.files, 'file'),
    ...(moved.github > 0 ? [countOf(moved.github, 'GitHub secret')] : []),
    ...(moved.falcli > 0 ? ['the fal CLI'] : []),
  ];
  return <span className="soft small"> {parts.join(', ')}</span>;
}

function Until({ rotation }: { rotation: RotationView | null }) {
  if (!rotation?.revokeAt) return null;
  const { revokeAt, lastUsedAt, switchedAt } = rotation;
  const isUsed = lastUsedAt !== null && switchedAt !== null && lastUsedAt > switchedAt;
  return (
    <span className="soft small">
      {' '}
      until {dateAndTime(revokeAt)}
      {isUsed && `. Something still uses it: last ${dateAndTime(lastUsedAt)}`}
    </span>
  );
}

function Actions({ rotation, busy, run }: { rotation: RotationView | null; busy: boolean; run: Run }) {
  if (!rotation || rotation.step === 'ended')
    return (
      <DialogActions>
        <Button data-first onClick={closeOverlay}>
          Close
        </Button>
      </DialogActions>
    );
  const { oldKeyId: id, direction, step, problem, refused } = rotation;
  const resume = (graceMs: number | null) =>
    run((job) => call('rotations.resume', { run: job, id, graceMs }));
  const goOnWithout = () =>
    run(async (job) => {
      await call('rotations.accept', { id, subjects: refused.map(({ subject }) => subject) });
      return call('rotations.resume', { run: job, id, graceMs: null });
    });
  const goes = direction === 'forward' ? 'old' : 'new';
  return (
    <DialogActions>
      <Button data-first onClick={closeOverlay}>
        Close
      </Button>
      {direction === 'forward' && (
        <Button disabled={busy} onClick={() => run((job) => call('rotations.abort', { run: job, id }))}>
          Abort rotation
        </Button>
      )}
      {problem && refused.length > 0 && (
        <Button tone="danger" disabled={busy} onClick={goOnWithout}>
          Go on without {refused.length === 1 ? 'it' : 'them'}
        </Button>
      )}
      {problem && (
        <Button tone="go" busy={busy} disabled={busy} onClick={() => resume(null)}>
          Try again
        </Button>
      )}
      {step === 'wait' && !problem && (
        <Button tone="danger" busy={busy} disabled={busy} onClick={() => resume(0)}>
          Revoke {goes} key now
        </Button>
      )}
    </DialogActions>
  );
}
