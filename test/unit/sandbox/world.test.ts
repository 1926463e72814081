import { describe, expect, it } from 'vitest';
import { accounts, findAccount, personalAccount, seedKeys } from '../../../sandbox/accounts.ts';
import { people, peopleOf, readConnection } from '../../../sandbox/people.ts';
import { historyDays, pastCalls } from '../../../sandbox/usage/history.ts';

const day = 24 * 60 * 60 * 1000;

describe('the people and accounts', () => {
  it('give everybody exactly one personal account', () => {
    expect(people.map((person) => personalAccount(person).nickname)).toEqual(['ada', 'ada-example', 'grace']);
  });

  it('give each unlocked account two API keys and an ADMIN key, with ids of their own', () => {
    for (const account of accounts.filter(({ lock }) => lock === undefined)) {
      const scopes = seedKeys.filter((key) => key.account === account).map(({ scope }) => scope);
      expect(scopes.sort()).toEqual(['ADMIN', 'API', 'API']);
    }
    expect(new Set(seedKeys.map(({ key_id }) => key_id)).size).toBe(seedKeys.length);
    for (const { key_id } of seedKeys)
      expect(key_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('are found by nickname, ignoring case, or by id', () => {
    expect(findAccount('FALCONERS')).toBe(findAccount('team-falconers'));
    expect(findAccount('nobody')).toBeUndefined();
  });

  it('know their connections however they are typed', () => {
    expect(peopleOf(readConnection(' Example.COM ')).map(({ id }) => id)).toEqual(['ada-sso']);
    expect(peopleOf('nowhere.example')).toEqual([]);
  });
});

describe('the made-up usage', () => {
  const until = Date.UTC(2026, 10, 22, 12);

  it('is the same each time, and lies within thirty days', () => {
    const calls = pastCalls(until);
    expect(pastCalls(until)).toEqual(calls);
    expect(calls.every(({ at }) => at <= until && at > until - (historyDays + 1) * day)).toBe(true);
  });

  it('is there for every key of every unlocked account, and for no locked one', () => {
    const used = new Set(pastCalls(until).map(({ key_id }) => key_id));
    for (const { key_id, account } of seedKeys) expect(used.has(key_id)).toBe(account.lock === undefined);
  });
});
