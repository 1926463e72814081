import type { ReactNode } from 'react';
import type { PartProblem, Problem } from '../../../contract/problem.ts';
import { isUnreachable } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { askFal, useAsking } from '../../stores/keys.ts';
import { openOverlay } from '../../stores/window/view.ts';

/** What could not be heard from fal: what is known stays, and this says how far it goes. */
export function AskingProblems() {
  const { asking } = useAsking();
  const again = <Button onClick={() => void askFal()}>Try again</Button>;
  if (asking.state === 'failed') return <QuietProblem problem={asking.problem} again={again} />;
  if (asking.state !== 'asked' || asking.problems.length === 0) return null;
  return <PartProblems problems={asking.problems} again={again} />;
}

export function QuietProblem({ problem, again }: { problem: Problem; again: ReactNode }) {
  if (isUnreachable(problem)) {
    return (
      <Note tone="warn" actions={again}>
        <b>fal can’t be reached.</b> What is shown is what was known before.{' '}
        <Prose text={hintWords(problem.hint)} />
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
  return <ProblemNote problem={problem} actions={again} />;
}

/** Some accounts answered and some did not. */
export function PartProblems({ problems, again }: { problems: PartProblem[]; again: ReactNode }) {
  const [first] = problems;
  if (!first) return null;
  if (problems.length > 1 && problems.every(({ error }) => isUnreachable(error))) {
    return <QuietProblem problem={first.error} again={again} />;
  }
  return (
    <Note tone="warn" actions={again}>
      <b>Not everything could be asked.</b>
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
