import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ask } from '../sandbox/running.ts';
import { bearer, signIn } from '../sandbox/sign-in.ts';
import { expectFailure } from './contract.ts';
import { newMachine } from './machine.ts';

const machine = newMachine({ signedIn: ['ada'] });

const budget = z.object({
  for: z.enum(['account', 'profile', 'key']),
  name: z.string(),
  account: z.nullable(z.string()),
  amount: z.number(),
  currency: z.literal('USD'),
  period: z.enum(['day', 'week', 'month']),
  from: z.iso.date(),
  to: z.iso.date(),
  time_zone: z.string(),
  alert_percent: z.number(),
  spent: z.nullable(z.number()),
  percent: z.nullable(z.number()),
  level: z.enum(['well', 'alert', 'over', 'unknown']),
  as_of: z.nullable(z.iso.datetime()),
});
const budgets = z.object({ budgets: z.array(budget) });
const rows = z.object({ rows: z.array(z.object({ name: z.string(), cost: z.number() })) });

const adminOf = (account: string) =>
  machine().varvel('keys', 'create', `admin of ${account}`, '--scope', 'ADMIN', '--account', account);

test('a budget is set, compared with fal’s usage, told about once, and removed', async () => {
  await adminOf('falconers');
  expect(await machine().json(budget, 'budget', 'set', '0.50', '--account', 'falconers')).toMatchObject({
    for: 'account',
    name: 'falconers',
    amount: 0.5,
    period: 'month',
    alert_percent: 80,
    level: 'unknown',
  });
  const first = await machine().varvel('budget', 'list');
  expect(first.stdout).toMatch(
    /^falconers\taccount\tfalconers\t\$0\.50 per month\t\$\d+\.\d+\t\d+%\tover budget\tnow\n$/,
  );
  expect(first.stderr).toMatch(/^warning: falconers is over budget: \$[\d.]+ of \$0\.50 spent this month\./m);
  expect((await machine().varvel('budget', 'list')).stderr).toBe('');
  await machine().varvel(
    'budget',
    'set',
    '$10000',
    '--account',
    'falconers',
    '--per',
    'week',
    '--alert',
    '90%',
  );
  const { budgets: listed } = await machine().json(budgets, 'budget', 'list');
  expect(listed).toMatchObject([{ amount: 10_000, period: 'week', alert_percent: 90, level: 'well' }]);
  expect(await machine().varvel('budget', 'remove', '--account', 'FALCONERS')).toMatchObject({ code: 0 });
  expect(await machine().json(budgets, 'budget', 'ls')).toEqual({ budgets: [] });
  expectFailure(
    await machine().varvel('budget', 'rm', '--account', 'falconers'),
    4,
    /no budget/,
    /budget list/,
  );
});

test('bad budgets are refused, and one that can’t be read says why', async () => {
  for (const args of [
    ['5'],
    ['5', '--account', 'ada', '--key', 'x'],
    ['five', '--account', 'ada'],
    ['5', '--account', 'ada', '--alert', '100'],
  ])
    expect(await machine().varvel('budget', 'set', ...args)).toMatchObject({ code: 2 });
  expectFailure(
    await machine().varvel('budget', 'set', '0', '--account', 'ada'),
    2,
    /Not a valid budget/,
    /above 0/,
  );
  expectFailure(await machine().varvel('budget', 'set', '5', '--account', 'nobody'), 4, /nobody/, /./);
  await machine().varvel('budget', 'set', '5', '--account', 'ada');
  const { stdout, stderr } = await machine().varvel('budget', 'list');
  expect(stdout).toMatch(/not known/);
  expect(stderr).toMatch(/ada: No ADMIN key of ada here/);
});

test('usage by member names who called with a sign-in, and an organization’s covers its teams once', async () => {
  const { runUrl } = machine().sandbox.environment;
  const headers = bearer(await signIn(machine().sandbox, 'ada'), 'team-falconers');
  for (const prompt of ['a cat', 'a falcon'])
    expect((await ask(`${runUrl}/fal-ai/flux/dev`, { headers, body: { prompt } })).status).toBe(200);
  await adminOf('falconers');
  const team = await machine().json(rows, 'usage', '--by', 'member');
  expect(team.rows.map(({ name }) => name).toSorted()).toEqual(['With a key', 'ada']);
  const total = ({ rows: all }: { rows: { cost: number }[] }) => all.reduce((sum, { cost }) => sum + cost, 0);
  expect(total(team)).toBeCloseTo(total(await machine().json(rows, 'usage', '--by', 'key')), 4);
  await adminOf('mews');
  const organization = await machine().json(rows, 'usage', '--by', 'member');
  expect(organization.rows.find(({ name }) => name === 'ada')?.cost).toBeCloseTo(
    team.rows.find(({ name }) => name === 'ada')?.cost ?? 0,
    4,
  );
  const byKey = await machine().json(rows, 'usage', '--by', 'key', '--account', 'mews');
  // the organization’s own, and its two teams’, each once
  expect(total(organization)).toBeGreaterThan(total(byKey) + total(team));
});
