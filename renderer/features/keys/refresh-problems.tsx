import type { ReactNode } from 'react';
import type { PartProblem, Problem } from '../../../contract/problem.ts';
import { isUnreachable } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { refreshKeys, useKeysRefresh } from '../../stores/keys/keys.ts';
import { hintButton } from '../../stores/window/hint-button.ts';
import { openOverlay } from '../../stores/window/view.ts';

/** What failed in the last refresh of keys. The last known keys stay on screen. */
export function KeysRefreshProblems() {
  const { refresh } = useKeysRefresh();
  const retry = <Button onClick={() => void refreshKeys()}>Try again</Button>;
  if (refresh.state === 'failed') return <RefreshProblem problem={refresh.problem} retry={retry} />;
  if (refresh.state !== 'done' || refresh.problems.length === 0) return null;
  return <PartProblems problems={refresh.problems} retry={retry} />;
}

export function RefreshProblem({ problem, retry }: { problem: Problem; retry: ReactNode }) {
  if (isUnreachable(problem)) {
    return (
      <Note tone="warn" actions={retry}>
        <b>Can’t reach fal.</b> Showing the last known state. <Prose text={hintWords(problem.hint)} />
      </Note>
    );
  }
  if (problem.code === 'not_signed_in') {
    const signIn = <Button onClick={() => openOverlay({ kind: 'sign_in' })}>Sign in…</Button>;
    return (
      <Note tone="warn" actions={signIn}>
        <Prose text={problem.message} />
      </Note>
    );
  }
  return <ProblemNote problem={problem} actions={retry} />;
}

/** Shows the accounts that failed while others succeeded. */
export function PartProblems({ problems, retry }: { problems: PartProblem[]; retry: ReactNode }) {
  const [first] = problems;
  if (!first) return null;
  if (problems.length > 1 && problems.every(({ error }) => isUnreachable(error))) {
    return <RefreshProblem problem={first.error} retry={retry} />;
  }
  const ended = problems.find(({ error }) => error.code === 'not_signed_in');
  const signIn = ended && hintButton(ended.error.hint);
  const actions = (
    <>
      {signIn && <Button onClick={signIn.run}>{signIn.label}</Button>}
      {retry}
    </>
  );
  return (
    <Note tone="warn" actions={actions}>
      <b>Some accounts couldn’t be refreshed.</b> Showing the last known state.
      <ul>
        {problems.slice(0, 5).map(({ about, error }) => (
          <li key={`${about} ${error.message}`}>
            {about}: <Prose text={error.message} />
          </li>
        ))}
        {problems.length > 5 && <li>and {problems.length - 5} more</li>}
      </ul>
    </Note>
  );
}
