import { createHash } from 'node:crypto';
import { type SeedKey, seedKeys } from '../accounts.ts';
import type { ModelCall } from '../state.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** How far back the generated usage goes. */
export const historyDays = 30;

/** The models of the generated usage, most likely first. */
const endpoints = ['fal-ai/flux/schnell', 'fal-ai/flux/dev', 'fal-ai/flux-pro/v1.1', 'fal-ai/recraft-v3'];

/** A key's calls on one day, counted backwards from the end: always the same for the same key and day. */
const callsOf = ({ key_id, account, scope }: SeedKey, daysAgo: number, until: number): ModelCall[] => {
  const dice = createHash('sha256').update(`${key_id} ${daysAgo}`).digest();
  const roll = (index: number): number => dice[index % dice.length] ?? 0;
  const endOfDay = until - daysAgo * day;
  const weekday = new Date(endOfDay).getUTCDay();
  const busy = weekday === 0 || weekday === 6 ? 1 : 3;
  const count = scope === 'ADMIN' ? roll(0) % 2 : 1 + (roll(0) % busy);
  return Array.from({ length: count }, (_, index) => ({
    id: `${key_id}-${daysAgo}-${index}`,
    at: endOfDay - (roll(3 * index + 1) / 256) * day,
    account: account.user_id,
    key_id,
    endpoint_id: endpoints[Math.floor((roll(3 * index + 2) / 256) ** 2 * endpoints.length)] ?? '',
    quantity: 1 + (roll(3 * index + 3) % (4 * busy)),
  }));
};

/** Thirty days of generated usage of the initial keys. @param until in milliseconds since 1970 */
export const pastCalls = (until: number): readonly ModelCall[] =>
  seedKeys
    .filter(({ account }) => account.lock === undefined)
    .flatMap((key) =>
      Array.from({ length: historyDays }, (_, daysAgo) => callsOf(key, daysAgo, until)).flat(),
    );
