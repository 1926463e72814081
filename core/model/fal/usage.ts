import type { AccountName } from './account.ts';

/** What spend is grouped by. */
export type By = 'key' | 'endpoint' | 'day' | 'member';

/** What one key of an account used of one model on one day. */
export interface UsageLine {
  /** In UTC: 2026-11-22. */
  day: string;
  account: AccountName;
  endpointId: string;
  unit: string;
  quantity: number;
  cost: number;
  /** ISO 4217. */
  currency: string;
  /** Null for calls without a key. */
  keyId: string | null;
  /** The member whose sign-in made the calls; null for calls with a key, which fal doesn't attribute. */
  member: string | null;
  /** The key's alias, or fal's name for the caller. */
  caller: string;
}

/** What accounts have spent, as fal counts it. */
export interface UsageReport {
  /** The first and the last day, in UTC. */
  from: string;
  to: string;
  lines: UsageLine[];
  /** Accounts without an ADMIN key here: fal reports their usage to ADMIN keys only. */
  withoutAdminKey: AccountName[];
}

export interface Sum {
  /** See sumId. */
  id: string;
  /** A key's alias, a model, a day. */
  name: string;
  keyId: string | null;
  account: AccountName | null;
  cost: number;
  currency: string;
}

/** Removes the rounding errors of binary fractions. */
const rounded = (amount: number): number => Math.round(amount * 1e6) / 1e6;

/** Adds up spend: keys and models by cost, days in order. Different currencies are never added. */
export function sumsOf(lines: readonly UsageLine[], by: By): Sum[] {
  const sums = new Map<string, Sum>();
  for (const line of lines) {
    const { account, cost, currency, keyId } = line;
    const id = sumId(line, by);
    const known = sums.get(id);
    if (known) known.cost += cost;
    else {
      const whose = by === 'key' ? { keyId, account } : { keyId: null, account: null };
      sums.set(id, { id, name: nameOf(line, by), ...whose, cost, currency });
    }
  }
  const found = [...sums.values()].map((sum) => ({ ...sum, cost: rounded(sum.cost) }));
  return by === 'day'
    ? found.sort((a, b) => a.name.localeCompare(b.name))
    : found.sort((a, b) => b.cost - a.cost || a.name.localeCompare(b.name));
}

/** The sum that a line belongs to. */
export function sumId(line: UsageLine, by: By): string {
  const name = nameOf(line, by);
  const { account, keyId, currency } = line;
  return by === 'key' ? `${account.id} ${keyId ?? name} ${currency}` : `${name} ${currency}`;
}

function nameOf({ day, endpointId, keyId, member, caller }: UsageLine, by: By): string {
  switch (by) {
    case 'key':
      return caller || (keyId ?? 'without a key');
    case 'endpoint':
      return endpointId;
    case 'day':
      return day;
    case 'member':
      return member ?? (keyId === null ? 'Unknown member' : 'With a key');
  }
}

/** The total spend in each currency. */
export function totalsOf(lines: readonly UsageLine[]): { cost: number; currency: string }[] {
  const totals = new Map<string, number>();
  for (const { cost, currency } of lines) totals.set(currency, (totals.get(currency) ?? 0) + cost);
  return [...totals].map(([currency, cost]) => ({ currency, cost: rounded(cost) }));
}

/** Every day from the first to the last, in UTC. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}
