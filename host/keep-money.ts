import { VarvelError } from '../core/model/error.ts';
import { alertWords } from '../core/money/money-words.ts';
import type { Varvel } from '../core/varvel.ts';

/** How often to look, and how old what is shown may become, in milliseconds. */
const everyMs = 60_000;
const firstMs = 3_000;
const balanceAgeMs = 10 * 60_000;
const budgetAgeMs = 15 * 60_000;

/**
 * Keeps the balance of the current profile's account and the budgets up to date while a window's program runs: one call
 * in ten minutes, and one for each account with a budget in fifteen. What fails is tried again later, and says nothing.
 * Asks nobody when the settings say so: then only what was read on request is compared with the budgets.
 * @param alert told once for each threshold of a budget
 */
export function keepMoney(
  varvel: Varvel,
  alert: (title: string, text: string) => void,
): { look(): Promise<void>; end(): Promise<void> } {
  const ending = new AbortController();
  let running: Promise<void> | null = null;

  const mayAsk = (): boolean => varvel.settings.read().moneyReading === 'automatic';

  async function balance(): Promise<void> {
    if (!mayAsk()) return;
    const current = varvel.profiles.current();
    const account = current === null ? null : varvel.profiles.get(current).account;
    if (!account) return;
    const { balances } = await varvel.money();
    await balances.refresh(account.id, balanceAgeMs, ending.signal);
  }

  async function budgets(): Promise<void> {
    const { budgets } = await varvel.money();
    if (budgets.list().length === 0) return;
    if (mayAsk()) await budgets.refresh(budgetAgeMs, ending.signal);
    for (const due of budgets.claimAlerts()) {
      const { title, text } = alertWords(due);
      alert(title, text);
    }
  }

  async function look(): Promise<void> {
    for (const work of [balance, budgets]) {
      try {
        await work();
      } catch (error) {
        // fal, the vault or the database may answer in a minute
        if (!(error instanceof VarvelError)) throw error;
      }
    }
  }

  const start = (): void => {
    running ??= look().finally(() => {
      running = null;
    });
  };
  const timers = [setInterval(start, everyMs), setTimeout(start, firstMs)];
  for (const timer of timers) timer.unref();
  return {
    look,

    async end() {
      for (const timer of timers) clearInterval(timer);
      ending.abort();
      await running;
    },
  };
}
