import { problemOf } from '../../call-error.ts';
import { useNow } from '../../components/facts/clock.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note } from '../../components/layout/note.tsx';
import { ageAgo, time } from '../../format/age.ts';
import { countOf } from '../../format/count.ts';
import { changeLockWatch, useLockWatch } from '../../stores/keys/lock-watches.ts';
import { showProblem } from '../../stores/window/toasts.ts';

const change = (keyId: string, on: boolean): void =>
  void changeLockWatch(keyId, on).catch((error: unknown) => showProblem(problemOf(error)));

/** Begins or ends waiting until a key works again. */
export function WatchSwitch({ keyId }: { keyId: string }) {
  const watch = useLockWatch(keyId);
  const now = useNow();
  if (!watch)
    return (
      <Note actions={<Button onClick={() => change(keyId, true)}>Watch</Button>}>
        Varvel can wait until the key works again, and notify you. It checks for free, more and more rarely.
      </Note>
    );
  const { checks, lastAt, until } = watch;
  return (
    <Note actions={<Button onClick={() => change(keyId, false)}>Stop watching</Button>}>
      <b>Watching until {time(until)}.</b>{' '}
      {lastAt === null ? 'Checking…' : `${countOf(checks, 'check')}, the last one ${ageAgo(lastAt, now)}.`}
    </Note>
  );
}
