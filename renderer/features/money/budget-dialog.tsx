import { type FormEvent, useState } from 'react';
import { type BudgetSubject, budgetPeriods } from '../../../core/model/fal/budget.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { SelectField, TextField } from '../../components/forms/field.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { keyName } from '../../format/words.ts';
import { useKey } from '../../stores/keys/keys.ts';
import { refreshBudgets, useBudget, useBudgets } from '../../stores/money/money.ts';
import { closeOverlay } from '../../stores/window/view.ts';

const periodLabels = { day: 'Per day', week: 'Per week, from Monday', month: 'Per month' } as const;
const alerts = [50, 75, 80, 90, 95];

const amountOf = (text: string): number | null =>
  /^\$?\d{1,8}(\.\d{1,2})?$/.test(text.trim()) && Number(text.trim().replace('$', '')) > 0
    ? Number(text.trim().replace('$', ''))
    : null;

/** Sets, changes or removes the budget of an account, a profile or a key. */
export function BudgetDialog({ subject }: { subject: BudgetSubject }) {
  const budget = useBudget(subject);
  const key = useKey(subject.kind === 'key' ? subject.keyId : null);
  const [amount, setAmount] = useState(budget ? String(budget.amount) : '');
  const [period, setPeriod] = useState(budget?.period ?? 'month');
  const [alertPercent, setAlertPercent] = useState(budget?.alertPercent ?? 80);
  const [tried, setTried] = useState(false);
  const { busy, problem, run, clear } = useAction();
  const name =
    subject.kind === 'account'
      ? subject.account.nickname
      : subject.kind === 'profile'
        ? subject.profile
        : key
          ? keyName(key)
          : subject.keyId;
  const given = amountOf(amount);

  const save = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (given === null || busy) return;
    void run(async () => {
      await call('money.setBudget', { subject, amount: given, period, alertPercent });
      await useBudgets.getState().reload();
      closeOverlay();
      // what is spent shows when it is known
      void refreshBudgets().catch(() => null);
    });
  };
  const remove = (): void =>
    void run(async () => {
      await call('money.removeBudget', { subject });
      await useBudgets.getState().reload();
      closeOverlay();
    });

  return (
    <Dialog title={`Budget of ${name}`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={save} noValidate>
        <TextField
          label="Amount in US dollars"
          inputMode="decimal"
          value={amount}
          data-first
          placeholder="50"
          wrong={tried && given === null ? 'Enter an amount, such as 50 or 12.50.' : ''}
          onChange={(event) => {
            setAmount(event.target.value);
            clear();
          }}
        />
        <SelectField
          label="Period"
          value={period}
          hint="In this machine’s time zone."
          onChange={({ target }) =>
            setPeriod(budgetPeriods.find((known) => known === target.value) ?? 'month')
          }
        >
          {budgetPeriods.map((each) => (
            <option key={each} value={each}>
              {periodLabels[each]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Alert at"
          value={alertPercent}
          hint="Varvel notifies you once then, and once when the budget is used up. It stops no calls, and fal counts with a delay. It reads spend with an ADMIN key of the account."
          onChange={({ target }) => setAlertPercent(Number(target.value))}
        >
          {[...new Set([...alerts, alertPercent])]
            .sort((a, b) => a - b)
            .map((percent) => (
              <option key={percent} value={percent}>
                {percent}% of the budget
              </option>
            ))}
        </SelectField>
        {problem && <ProblemNote problem={problem} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          {budget && (
            <Button tone="danger" disabled={busy} onClick={remove}>
              Remove budget
            </Button>
          )}
          <Button tone="go" type="submit" busy={busy} disabled={busy}>
            Set budget
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
