import { useEffect, useEffectEvent, useState } from 'react';
import { problemOf } from '../../call-error.ts';
import { loaded, loading, type Resource } from '../../stores/snapshots/resource.ts';

/**
 * Loads the plan that a dialog shows before it does anything. Loads again when `about` changes.
 * @param about identifies what the plan is for
 */
export function usePlan<Plan>(about: string, read: () => Promise<Plan>) {
  const [attempt, setAttempt] = useState(0);
  const wanted = `${attempt} ${about}`;
  const [last, setLast] = useState<{ of: string; plan: Resource<Plan> } | null>(null);
  const begin = useEffectEvent(read);
  useEffect(() => {
    let stillWanted = true;
    const take = (plan: Resource<Plan>): void => {
      if (stillWanted) setLast({ of: wanted, plan });
    };
    begin().then(
      (value) => take(loaded(value)),
      (error: unknown) => take({ state: 'failed', problem: problemOf(error) }),
    );
    return () => {
      stillWanted = false;
    };
  }, [wanted]);
  // never show a plan that was made for something else
  const plan: Resource<Plan> = last?.of === wanted ? last.plan : loading;
  return { plan, retry: () => setAttempt((before) => before + 1) };
}
