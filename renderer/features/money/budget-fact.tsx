import type { BudgetSubject } from '../../../core/model/fal/budget.ts';
import { useBudget } from '../../stores/money/money.ts';
import { openOverlay } from '../../stores/window/view.ts';
import styles from './budget-fact.module.css';
import { BudgetMeter } from './budget-meter.tsx';

/** A subject's budget, and the way to set one. */
export function BudgetFact({ subject }: { subject: BudgetSubject }) {
  const budget = useBudget(subject);
  const open = () => openOverlay({ kind: 'budget', subject });
  if (!budget)
    return (
      <>
        <span className="soft">None</span>{' '}
        <button type="button" className="link small" onClick={open}>
          Set budget…
        </button>
      </>
    );
  return (
    <span className={styles.line}>
      <BudgetMeter budget={budget} />
      <button type="button" className="link small" onClick={open}>
        Change budget…
      </button>
    </span>
  );
}
