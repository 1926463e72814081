import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { expectFailure } from './contract.ts';
import { newMachine } from './machine.ts';

const machine = newMachine({ signedIn: ['ada'] });

const usage = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.string(),
  totals: z.array(z.object({ currency: z.string(), cost: z.number() })),
  without_admin_key: z.array(z.string()),
  rows: z.array(
    z.object({
      name: z.string(),
      key: z.nullable(z.string()),
      account: z.nullable(z.string()),
      cost: z.number(),
      currency: z.string(),
    }),
  ),
});

const adminOf = (account: string) =>
  machine().varvel('keys', 'create', `admin of ${account}`, '--scope', 'ADMIN', '--account', account);

const sum = (rows: { cost: number }[]) => rows.reduce((total, { cost }) => total + cost, 0);

test('usage adds up what was spent by key, model and day, and all three come to the same', async () => {
  await adminOf('falconers');
  await adminOf('ada');
  const byKey = await machine().json(usage, 'usage');
  expect(byKey.totals).toHaveLength(1);
  const total = byKey.totals[0]?.cost ?? 0;
  expect(total).toBeGreaterThan(1);
  expect(new Set(byKey.rows.map(({ account }) => account))).toEqual(new Set(['ada', 'falconers']));
  expect(byKey.rows.map(({ cost }) => cost)).toEqual(
    byKey.rows.map(({ cost }) => cost).toSorted((a, b) => b - a),
  );
  expect(byKey.without_admin_key.toSorted()).toEqual(['mews', 'night-shift']);
  for (const by of ['endpoint', 'day', 'key']) {
    const report = await machine().json(usage, 'usage', '--by', by);
    expect(report).toMatchObject({ by, totals: byKey.totals });
    expect(sum(report.rows)).toBeCloseTo(total, 4);
  }
  const one = await machine().json(usage, 'usage', '--account', 'ADA', '--since', '7d', '--by', 'day');
  expect(one.totals[0]?.cost).toBeLessThan(total);
  expect(one.rows.every(({ name }) => name >= one.from && name <= one.to)).toBe(true);
  const { stdout, stderr } = await machine().varvel('usage', '--by', 'day', '--since', '7d');
  expect(stdout.trim().split('\n')).toHaveLength(7);
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d\t\$\d+\.\d+\t█/m);
  expect(stderr).toMatch(/Not included \(needs an ADMIN key\): mews and night-shift/);
});

test('a picture that is generated shows in what its key has spent', async () => {
  await adminOf('ada');
  const { stdout } = await machine().varvel('keys', 'create', 'painter', '--account', 'ada');
  const spent = async () =>
    (await machine().json(usage, 'usage', '--account', 'ada')).rows.find(({ key }) => key === stdout.trim());
  expect(await spent()).toBeUndefined();
  expect(await machine().varvel('keys', 'test', 'painter', '--generate')).toMatchObject({ code: 0 });
  expect(await spent()).toMatchObject({ name: 'painter', account: 'ada', currency: 'USD' });
});

test('without an ADMIN key it says what to do; a revoked one gives way to the next; one bad account hides no other', async () => {
  expectFailure(await machine().varvel('usage'), 4, /No ADMIN key here/, /--scope ADMIN/);
  const first = (await adminOf('ada')).stdout.trim();
  await adminOf('ada');
  expectFailure(
    await machine().varvel('usage', '--account', 'falconers'),
    4,
    /No ADMIN key of falconers/,
    /--account falconers/,
  );
  await machine().control('revoke', { key_id: first });
  expect((await machine().json(usage, 'usage')).rows.length).toBeGreaterThan(0);
  const only = (await adminOf('falconers')).stdout.trim();
  await machine().control('revoke', { key_id: only });
  const ended = await machine().varvel('usage');
  expect(ended.code).toBe(0);
  expect(ended.stderr).toMatch(/falconers: /);
});

test('bad input and a fal that does not answer are said', async () => {
  await adminOf('ada');
  expectFailure(await machine().varvel('usage', '--since', 'yesterday'), 2, /not a duration/, /7d/);
  expectFailure(await machine().varvel('usage', '--since', '900d'), 2, /can’t be shown for 900 days/, /366/);
  expectFailure(await machine().varvel('usage', '--by', 'moon'), 2, /./, /key/);
  expectFailure(await machine().varvel('usage', '--account', 'nobody'), 4, /nobody/, /./);
  await machine().control('faults', { target: 'platform', kind: 'drop' });
  expectFailure(await machine().varvel('usage'), 6, /./, /./);
});
