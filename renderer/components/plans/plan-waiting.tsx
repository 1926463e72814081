import type { Resource } from '../../stores/snapshots/resource.ts';
import { Turning } from '../facts/ring.tsx';
import { Button } from '../forms/button.tsx';
import { ProblemNote } from '../layout/note.tsx';

/** In place of a plan that is not there yet, or can't be made. */
export function PlanWaiting({ plan, onAgain }: { plan: Resource<unknown>; onAgain: () => void }) {
  if (plan.state === 'failed') {
    return <ProblemNote problem={plan.problem} actions={<Button onClick={onAgain}>Look again</Button>} />;
  }
  return (
    <p className="soft" role="status">
      <Turning size={14} /> Looking at the file…
    </p>
  );
}
