import { useEffect, useEffectEvent, useState } from 'react';
import type { ExportPreview } from '../../../contract/methods/exports.ts';
import type { Problem } from '../../../contract/problem.ts';
import { problemOf } from '../../call-error.ts';

/** What an export would do, of one profile or of several. */
export type Plan = Omit<ExportPreview, 'variable'>;

/** The state of the plan of an export. */
export type Planning =
  | { state: 'empty' }
  /** `last` is the previous plan. */
  | { state: 'loading'; last: Plan | null }
  | { state: 'planned'; plan: Plan }
  | { state: 'failed'; problem: Problem };

type Answered = { to: string } & ({ plan: Plan } | { problem: Problem });

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
 * Plans the export being typed, when typing pauses.
 * @param question identifies what is asked; another one plans again. Null asks nothing
 */
export function usePlanning(question: string | null, ask: () => Promise<Plan>): Planning {
  const [answered, setAnswered] = useState<Answered | null>(null);
  const begin = useEffectEvent(ask);
  useEffect(() => {
    if (question === null) return;
    let superseded = false;
    const plan = async (): Promise<void> => {
      const answer = await begin().then(
        (plan) => ({ to: question, plan }),
        (error: unknown) => ({ to: question, problem: problemOf(error) }),
      );
      if (!superseded) setAnswered(answer);
    };
    const timer = setTimeout(() => void plan(), debounceMs);
    return () => {
      superseded = true;
      clearTimeout(timer);
    };
  }, [question]);
  return planningOf(question, answered);
}
