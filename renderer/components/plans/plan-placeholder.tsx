import type { Resource } from '../../stores/snapshots/resource.ts';
import { Spinner } from '../facts/ring.tsx';
import { Button } from '../forms/button.tsx';
import { ProblemNote } from '../layout/note.tsx';

/** Shown while a plan loads, or when it failed. */
export function PlanPlaceholder({ plan, onRetry }: { plan: Resource<unknown>; onRetry: () => void }) {
  if (plan.state === 'failed') {
    return <ProblemNote problem={plan.problem} actions={<Button onClick={onRetry}>Try again</Button>} />;
  }
  return (
    <p className="soft" role="status">
      <Spinner size={14} /> Loading preview…
    </p>
  );
}
