import { useState } from 'react';
import type { Problem } from '../../../contract/problem.ts';
import { problemOf } from '../../call-error.ts';

/** Something a button does: whether it is under way, and what went wrong last. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  /** Forgets what went wrong, since what is asked for has changed. */
  const clear = (): void => setProblem(null);
  return { busy, problem, run, clear };
}
