import { useState } from 'react';
import type { Problem } from '../../../contract/problem.ts';
import { problemOf } from '../../call-error.ts';

/** Runs a button's work, and holds whether it is running and what went wrong. */
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
  /** Clears the problem, after the input has changed. */
  const clear = (): void => setProblem(null);
  return { busy, problem, run, clear };
}
