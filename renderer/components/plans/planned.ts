import { useEffect, useEffectEvent, useState } from 'react';
import { problemOf } from '../../call-error.ts';
import { arrived, loading, type Resource } from '../../stores/snapshots/resource.ts';

/**
 * What a dialog shows before anything is done: read when it opens, and anew when what it is about changes.
 * @param about names what the plan is of
 */
export function usePlanned<Plan>(about: string, read: () => Promise<Plan>) {
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
      (value) => take(arrived(value)),
      (error: unknown) => take({ state: 'failed', problem: problemOf(error) }),
    );
    return () => {
      stillWanted = false;
    };
  }, [wanted]);
  // a plan of something else is never shown for this
  const plan: Resource<Plan> = last?.of === wanted ? last.plan : loading;
  return { plan, again: () => setAttempt((before) => before + 1) };
}
