import { VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import {
  type Budget,
  type BudgetLevel,
  type BudgetPeriod,
  type BudgetSubject,
  type BudgetView,
  checkBudget,
} from '../model/fal/budget.ts';
import type { UsageLine } from '../model/fal/usage.ts';
import type { PartialFailure } from '../model/partial-failure.ts';
import type { Ports } from '../ports.ts';
import { dateIn, isZone, ownZone, periodOf } from './periods.ts';

/** What was spent of an account, without the account. */
type SpendLine = Pick<UsageLine, 'cost' | 'currency' | 'day' | 'keyId'>;

/** Reads what an account spent since a day in a zone; see Usage.since. */
export type SpendReader = (
  account: AccountName,
  from: string,
  zone: string,
  signal?: AbortSignal,
) => Promise<SpendLine[]>;

export interface NewBudget {
  subject: BudgetSubject;
  amount: number;
  period: BudgetPeriod;
  alertPercent: number;
  /** By its IANA name; the machine's own without one. */
  zone?: string;
}

/** A threshold that was reached, to tell once. */
export interface BudgetAlert {
  budget: BudgetView;
  /** The highest percentage that was reached: the alert's, or 100. */
  percent: number;
}

/** How soon an account whose usage couldn't be read is asked again, in milliseconds. */
const retryAfterMs = 300_000;

/** Removes the rounding errors of binary fractions. */
const rounded = (amount: number): number => Math.round(amount * 1e6) / 1e6;

export type Budgets = ReturnType<typeof createBudgets>;

/** Budgets for accounts, profiles and keys, compared with what fal's usage says. They stop nothing. */
export function createBudgets({ state, clock }: Pick<Ports, 'state' | 'clock'>, spend: SpendReader) {
  const failedAt = new Map<string, number>();

  /** A key, with those that it replaced and those that replaced it. */
  function lineage(keyId: string): Set<string> {
    const pairs = state.rotations.replaced();
    const family = new Set([keyId]);
    for (let before = 0; before !== family.size; ) {
      before = family.size;
      for (const { oldKeyId, newKeyId } of pairs) {
        if (family.has(oldKeyId)) family.add(newKeyId);
        else if (family.has(newKeyId)) family.add(oldKeyId);
      }
    }
    return family;
  }

  const keyOf = ({ subject }: Budget): string | null =>
    subject.kind === 'key'
      ? subject.keyId
      : subject.kind === 'profile'
        ? (state.profiles.get(subject.profile)?.keyId ?? null)
        : null;

  /** The account whose usage counts; null when it isn't known. */
  function accountOf(budget: Budget): AccountName | null {
    if (budget.subject.kind === 'account') return budget.subject.account;
    const keyId = keyOf(budget);
    if (keyId === null) return null;
    const known = [...lineage(keyId)].map((id) => state.keys.get(id)?.account ?? null);
    return known.find((account) => account !== null) ?? null;
  }

  function nameOf({ subject }: Budget): string {
    if (subject.kind === 'account') return subject.account.nickname;
    return subject.kind === 'profile'
      ? subject.profile
      : (state.keys.get(subject.keyId)?.alias ?? subject.keyId);
  }

  function view(budget: Budget): BudgetView {
    const { period, zone, amount, alertPercent, spent } = budget;
    const dates = periodOf(period, dateIn(zone, clock.now()));
    const now = spent?.from === dates.from ? spent : null;
    const percent = now && Math.floor(rounded((now.amount / amount) * 100));
    const level: BudgetLevel =
      percent === null ? 'unknown' : percent >= 100 ? 'over' : percent >= alertPercent ? 'alert' : 'well';
    return { ...budget, spent: now, name: nameOf(budget), account: accountOf(budget), dates, level, percent };
  }

  const list = (): BudgetView[] => state.budgets.all().map(view);

  function spentOf(budget: BudgetView, lines: SpendLine[]): number {
    const keyId = keyOf(budget);
    const family = budget.subject.kind === 'account' ? null : lineage(keyId ?? '');
    return rounded(
      lines
        .filter(
          ({ currency, day, keyId: by }) =>
            currency === budget.currency &&
            day >= budget.dates.from &&
            day <= budget.dates.to &&
            (family === null || (by !== null && family.has(by))),
        )
        .reduce((sum, { cost }) => sum + cost, 0),
    );
  }

  return {
    /** Every budget, with what was read last; asks nobody. */
    list,

    /** The budget of a subject, or null. */
    of: (subject: BudgetSubject): BudgetView | null => {
      const budget = state.budgets.of(subject);
      return budget && view(budget);
    },

    /** Sets a subject's budget. It alerts anew. @throws VarvelError `invalid` */
    set({ subject, amount, period, alertPercent, zone = ownZone() }: NewBudget): BudgetView {
      checkBudget({ amount, alertPercent });
      if (!isZone(zone)) throw new VarvelError('invalid', `“${zone}” is not a time zone.`, '');
      state.budgets.set({ subject, amount, currency: 'USD', period, zone, alertPercent });
      const set = state.budgets.of(subject);
      if (!set) throw new VarvelError('unexpected', 'The budget wasn’t saved.', '');
      return view(set);
    },

    /** @returns whether there was one */
    remove: (subject: BudgetSubject): boolean => state.budgets.remove(subject),

    /**
     * Reads what was spent, once for each account and zone, where the last reading is older than maxAgeMs.
     * @returns the budgets, and the accounts that couldn't be read
     */
    async refresh(
      maxAgeMs: number,
      signal?: AbortSignal,
    ): Promise<{ budgets: BudgetView[]; problems: PartialFailure[] }> {
      const now = clock.now();
      const problems: PartialFailure[] = [];
      const stale = list().filter(
        ({ spent }) => !spent || now - spent.readAt >= maxAgeMs || now < spent.readAt,
      );
      const groups = Map.groupBy(stale, ({ account, zone }) => (account ? `${account.id} ${zone}` : ''));
      for (const [id, budgets] of groups) {
        const [first] = budgets;
        if (!first?.account) {
          for (const { name } of budgets) problems.push({ about: name, error: unknownAccount() });
          continue;
        }
        const failed = failedAt.get(id) ?? Number.NEGATIVE_INFINITY;
        if (now - failed < Math.min(retryAfterMs, maxAgeMs)) continue;
        const from = budgets.map(({ dates }) => dates.from).toSorted()[0] ?? first.dates.from;
        try {
          const lines = await spend(first.account, from, first.zone, signal);
          failedAt.delete(id);
          const readAt = clock.now();
          for (const budget of budgets)
            state.budgets.note(budget.id, {
              from: budget.dates.from,
              amount: spentOf(budget, lines),
              readAt,
            });
        } catch (error) {
          if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
          failedAt.set(id, now);
          problems.push({ about: first.account.nickname, error });
        }
      }
      return { budgets: list(), problems };
    },

    /** The thresholds that were reached and that nobody has told yet. Each is given out once, to one process. */
    claimAlerts(): BudgetAlert[] {
      return list().flatMap((budget) => {
        const { id, percent, alertPercent, dates } = budget;
        const reached = [100, alertPercent].filter((threshold) => (percent ?? 0) >= threshold);
        const claimed = reached.filter((threshold) =>
          state.budgets.claimAlert(id, dates.from, threshold, clock.now()),
        );
        const highest = claimed.includes(100) ? 100 : claimed[0];
        // a lower one that is claimed after a higher one has nothing to tell
        return highest === undefined || highest !== reached[0] ? [] : [{ budget, percent: highest }];
      });
    },
  };
}

const unknownAccount = () =>
  new VarvelError('not_found', 'Its account isn’t known, so its spend can’t be read.', {
    action: 'test_keys',
  });
