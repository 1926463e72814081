import { create } from 'zustand';
import type { Output } from '../../contract/methods.ts';
import type { Problem } from '../../contract/problem.ts';
import { call } from '../bridge.ts';
import { problemOf } from '../call-error.ts';

/** What was spent, and the accounts that could not be asked. */
export type SpendReport = Output<'usage.read'>;

/** What fal said that was spent; a report stays while it is asked for anew, and when that fails. */
export type Spend =
  | { state: 'never' }
  | { state: 'asking'; days: number; report: SpendReport | null }
  | { state: 'told'; days: number; report: SpendReport; at: number }
  | { state: 'failed'; days: number; report: SpendReport | null; problem: Problem };

export const useSpend = create<{ spend: Spend }>(() => ({ spend: { state: 'never' } }));

/** A pane asks for this many, and the screen begins with them. */
export const usualDays = 30;

let asks = 0;

export const reportOf = (spend: Spend): SpendReport | null => (spend.state === 'never' ? null : spend.report);

/** Asks fal, for every account that has an ADMIN key here; of several askings the last one counts. */
export async function askSpend(days: number): Promise<void> {
  asks += 1;
  const mine = asks;
  const { spend } = useSpend.getState();
  // another span's bars would mislead
  const report = spend.state !== 'never' && spend.days === days ? spend.report : null;
  useSpend.setState({ spend: { state: 'asking', days, report } });
  try {
    const told = await call('usage.read', { days });
    if (mine === asks) useSpend.setState({ spend: { state: 'told', days, report: told, at: Date.now() } });
  } catch (error) {
    if (mine === asks)
      useSpend.setState({ spend: { state: 'failed', days, report, problem: problemOf(error) } });
  }
}

/** As when the environment changes: nothing that fal said counts any more. */
export function forgetSpend(): void {
  asks += 1;
  useSpend.setState({ spend: { state: 'never' } });
}
