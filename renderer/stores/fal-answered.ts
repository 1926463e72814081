import type { MethodName } from '../../contract/methods.ts';
import type { PartProblem, Problem } from '../../contract/problem.ts';
import { isUnreachable } from '../call-error.ts';
import { refreshAccounts, useAccountsRefresh } from './accounts.ts';
import { refreshKeys, useKeysRefresh } from './keys/keys.ts';
import { loadSpend, useSpend } from './money/spend.ts';

/** The methods that succeed only when fal has answered. */
const askFal: readonly MethodName[] = [
  'accounts.refresh',
  'keys.refresh',
  'keys.create',
  'keys.revoke',
  'keys.price',
  'usage.read',
];

export const asksFal = (method: MethodName): boolean => askFal.includes(method);

/** Whether a refresh couldn't reach fal. */
const isLost = (
  refresh: { state: string } & ({ problem: Problem } | { problems: PartProblem[] } | object),
): boolean => {
  if (refresh.state === 'failed' && 'problem' in refresh) return isUnreachable(refresh.problem);
  return (
    'problems' in refresh &&
    refresh.problems.length > 0 &&
    refresh.problems.every(({ error }) => isUnreachable(error))
  );
};

/** Minimum time between two retries, in ms: a test of all keys answers hundreds of times. */
const minIntervalMs = 10_000;

let lastRetry = Number.NEGATIVE_INFINITY;

/** fal has answered: what couldn't reach it is tried again, so that nobody is told of an outage that is over. */
export function falAnswered(): void {
  const { spend } = useSpend.getState();
  const accountsLost = isLost(useAccountsRefresh.getState().refresh);
  const keysLost = isLost(useKeysRefresh.getState().refresh);
  const spendLost = spend.state === 'failed' && isUnreachable(spend.problem);
  if (!accountsLost && !keysLost && !spendLost) return;
  if (performance.now() - lastRetry < minIntervalMs) return;
  lastRetry = performance.now();
  if (accountsLost) void refreshAccounts();
  if (keysLost) void refreshKeys();
  if (spendLost) void loadSpend(spend.days);
}
