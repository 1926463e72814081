import { useEffect, useState } from 'react';
import type { ExportPreview } from '../../../contract/methods/exports.ts';
import type { Input } from '../../../contract/methods.ts';
import type { Problem } from '../../../contract/problem.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';

type Asked = Input<'exports.plan'>;

/** The state of the plan of an export. */
export type Planning =
  | { state: 'empty' }
  /** `last` is the previous plan. */
  | { state: 'loading'; last: ExportPreview | null }
  | { state: 'planned'; plan: ExportPreview }
  | { state: 'failed'; problem: Problem };

type Answered = { to: string } & ({ plan: ExportPreview } | { problem: Problem });

/** How long typing must pause before planning, in ms. */
const debounceMs = 250;

/** The state for a question. An answer to another question counts only as the last plan. */
export function planningOf(question: string | null, answered: Answered | null): Planning {
  if (question === null) return { state: 'empty' };
  if (answered?.to !== question) {
    return { state: 'loading', last: answered && 'plan' in answered ? answered.plan : null };
  }
  if ('plan' in answered) return { state: 'planned', plan: answered.plan };
  return { state: 'failed', problem: answered.problem };
}

/**
 * Plans the export being typed. Plans again when typing pauses, or when `round` changes, as after a change of the
 * profile's key.
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
    const timer = setTimeout(() => void ask(), debounceMs);
    return () => {
      superseded = true;
      clearTimeout(timer);
    };
  }, [question, profile, file, format, variable]);
  return planningOf(question, answered);
}
