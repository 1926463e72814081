import { useEffect, useState } from 'react';
import type { ExportPreview } from '../../../contract/exports.ts';
import type { Input } from '../../../contract/methods.ts';
import type { Problem } from '../../../contract/problem.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';

type Asked = Input<'exports.plan'>;

/** What an export would do, as far as it has been asked. */
export type Planning =
  | { state: 'nothing' }
  /** `last` is the answer to what was asked before. */
  | { state: 'asking'; last: ExportPreview | null }
  | { state: 'planned'; plan: ExportPreview }
  | { state: 'refused'; problem: Problem };

type Answered = { to: string } & ({ plan: ExportPreview } | { problem: Problem });

/** How long a person may pause while typing before the file is looked at, in ms. */
const patience = 250;

/** What is known of the answer to what is asked now; an answer to anything else is only the last one. */
export function planningOf(question: string | null, answered: Answered | null): Planning {
  if (question === null) return { state: 'nothing' };
  if (answered?.to !== question) {
    return { state: 'asking', last: answered && 'plan' in answered ? answered.plan : null };
  }
  if ('plan' in answered) return { state: 'planned', plan: answered.plan };
  return { state: 'refused', problem: answered.problem };
}

/**
 * The plan of an export that is being typed; asked anew when what is typed has rested, or when `round` changes, as
 * after a change of the profile's key.
 */
export function usePlanning({ profile, file, format, variable }: Asked, round: string): Planning {
  const [answered, setAnswered] = useState<Answered | null>(null);
  const question = file === '' ? null : JSON.stringify([profile, file, format, variable, round]);
  useEffect(() => {
    if (question === null) return;
    let superseded = false;
    const ask = async (): Promise<void> => {
      const answer = await call('exports.plan', { profile, file, format, variable }).then(
        (plan) => ({ to: question, plan }),
        (error: unknown) => ({ to: question, problem: problemOf(error) }),
      );
      if (!superseded) setAnswered(answer);
    };
    const timer = setTimeout(() => void ask(), patience);
    return () => {
      superseded = true;
      clearTimeout(timer);
    };
  }, [question, profile, file, format, variable]);
  return planningOf(question, answered);
}
