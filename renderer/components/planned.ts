import { useEffect, useEffectEvent, useState } from 'react';
import { problemOf } from '../call-error.ts';
import { loading, type Resource } from '../stores/resource.ts';

/**
 * What a dialog shows before anything is done: read when it opens, and anew when what it is about changes.
 * @param about names what the plan is of
 */
export function usePlanned<Plan>(about: string, read: () => Promise<Plan>) {
  const [plan, setPlan] = useState<Resource<Plan>>(loading);
  const [attempt, setAttempt] = useState(0);
  const begin = useEffectEvent(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject or another attempt is another plan
  useEffect(() => {
    let wanted = true;
    setPlan(loading);
    begin().then(
      (value) => wanted && setPlan({ state: 'ready', value, problem: null }),
      (error: unknown) => wanted && setPlan({ state: 'failed', problem: problemOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [about, attempt]);
  return { plan, again: () => setAttempt((before) => before + 1) };
}
