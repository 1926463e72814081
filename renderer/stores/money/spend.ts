import { create } from 'zustand';
import type { Output } from '../../../contract/methods.ts';
import type { Problem } from '../../../contract/problem.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';

/** Spend per key and day, and the accounts that couldn't be read. */
export type SpendReport = Output<'usage.read'>;

/** The state of the spend report. A report stays while it refreshes, and when that fails. */
export type Spend =
  | { state: 'never' }
  | { state: 'loading'; days: number; report: SpendReport | null }
  | { state: 'ready'; days: number; report: SpendReport; at: number }
  | { state: 'failed'; days: number; report: SpendReport | null; problem: Problem };

export const useSpend = create<{ spend: Spend }>(() => ({ spend: { state: 'never' } }));

/** The span of a pane, and the screen's first. */
export const defaultDays = 30;

let reads = 0;

export const reportOf = (spend: Spend): SpendReport | null => (spend.state === 'never' ? null : spend.report);

/**
 * Loads the spend of every account with an ADMIN key in the vault. The last call wins.
 * @param members an organization's report covers its teams, with their members
 */
export async function loadSpend(days: number, members = false): Promise<void> {
  reads += 1;
  const mine = reads;
  const { spend } = useSpend.getState();
  // don't show another span's bars
  const report = spend.state !== 'never' && spend.days === days ? spend.report : null;
  useSpend.setState({ spend: { state: 'loading', days, report } });
  try {
    const loaded = await call('usage.read', { days, members });
    if (mine === reads)
      useSpend.setState({ spend: { state: 'ready', days, report: loaded, at: Date.now() } });
  } catch (error) {
    if (mine === reads)
      useSpend.setState({ spend: { state: 'failed', days, report, problem: problemOf(error) } });
  }
}

/** Discards the report, as when the environment changes. */
export function resetSpend(): void {
  reads += 1;
  useSpend.setState({ spend: { state: 'never' } });
}
