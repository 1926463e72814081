import { useBudgets } from '../../stores/money/money.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { BudgetMeter } from './budget-meter.tsx';
import styles from './budgets-card.module.css';

/** Every budget, beside the spend. Nothing without one. */
export function BudgetsCard({ className }: { className: string | undefined }) {
  const budgets = useBudgets(({ resource }) => known(resource));
  if (budgets === null || budgets.length === 0) return null;
  return (
    <section className={className} aria-label="Budgets">
      <div className={styles.budgets}>
        {budgets.map((budget) => (
          <button
            key={budget.id}
            type="button"
            className={styles.budget}
            aria-label={`Change the budget of ${budget.name}`}
            onClick={() => openOverlay({ kind: 'budget', subject: budget.subject })}
          >
            <b className="clip">{budget.name}</b>
            <BudgetMeter budget={budget} />
          </button>
        ))}
      </div>
    </section>
  );
}
