import { amountWords, type Balance } from '../../core/model/fal/budget.ts';
import type { Varvel } from '../../core/varvel.ts';
import { countUses, type TrayState } from './model.ts';

/** The part of the log that ranks profiles by use. */
const recent = { withinMs: 90 * 86_400_000, limit: 1000 };

/**
 * What the core knows and the tray shows, read without the bridge's schemas: with ten thousand profiles, a switch must
 * still show within a second.
 */
export function readKnown({
  profiles,
  keys,
  activity,
  environment,
  activeRotations,
  reminders,
  settings,
  temporaryKeys,
  knownBalance,
}: Varvel): Omit<TrayState, 'before' | 'shell' | 'testing'> {
  const { profiles: all, current } = profiles.list();
  const account = all.find(({ name }) => name === current)?.account;
  const rotating = activeRotations();
  const aliases = new Map(rotating.length > 0 ? keys.all().map(({ id, alias }) => [id, alias]) : []);
  return {
    current,
    profiles: all,
    uses: countUses(activity.list({ ...recent, keyId: null })),
    environment: environment.name,
    balance: account ? balanceWords(knownBalance(account.id)) : null,
    readsBalances: settings.read().moneyReading === 'automatic',
    rotations: rotating.map(({ oldKeyId, problem }) => ({
      name: aliases.get(oldKeyId) ?? oldKeyId,
      stopped: problem !== null,
    })),
    temporary: temporaryKeys.alive().map(({ expiresAt, account: owner, ...key }) => ({
      ...key,
      account: owner.nickname,
      until: timeWords(expiresAt),
    })),
    due: reminders.due().map(({ key }) => key.alias ?? key.id),
  };
}

/** An amount, and when it was read. */
function balanceWords(balance: Balance | null): TrayState['balance'] {
  if (!balance) return null;
  const { amount, currency, readAt } = balance;
  return { words: amountWords(amount, currency), at: timeWords(readAt) };
}

/** A time today, else a date. */
function timeWords(ms: number): string {
  const at = new Date(ms);
  return at.toDateString() === new Date().toDateString()
    ? at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    : at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}
