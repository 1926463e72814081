import { expect, test } from 'vitest';
import { alertWords } from '../../../core/money/money-words.ts';
import { coreAtSandbox } from '../lock-doctor/core-at-sandbox.ts';
import { ask } from '../sandbox/running.ts';

const { varvel, sandbox, add, tell, again } = coreAtSandbox();

/** Generates pictures with a key: each costs $0.003 or so. */
async function spend(key: string, pictures: number): Promise<void> {
  const { status } = await ask(`${sandbox().environment.runUrl}/fal-ai/flux-pro/v1.1`, {
    headers: { authorization: `Key ${key}` },
    body: { prompt: 'a cute cat', num_images: pictures },
  });
  expect(status).toBe(200);
}

const budgetsOf = async () => (await varvel().money()).budgets;
const setUp = async () => {
  const { key, text } = await add('falconers', 'notebook');
  await add('falconers', 'deploy');
  const { id, nickname } = key.account ?? { id: '', nickname: '' };
  return { key, text, account: { id, nickname } };
};

test('a budget of a key, of its profile and of its account counts what fal’s usage says of them today', async () => {
  const { key, text, account } = await setUp();
  const other = await add('falconers', 'build-bots');
  varvel().profiles.create('staging', { key, host: null });
  const budgets = await budgetsOf();
  const common = { amount: 1000, period: 'day', alertPercent: 80 } as const;
  budgets.set({ subject: { kind: 'key', keyId: key.id }, ...common });
  budgets.set({ subject: { kind: 'profile', profile: 'staging' }, ...common });
  budgets.set({ subject: { kind: 'account', account }, ...common });
  const spent = async () => {
    const { budgets: all, problems } = await budgets.refresh(0);
    expect(problems).toEqual([]);
    return all.map((budget) => budget.spent?.amount ?? -1);
  };
  const before = await spent();
  await spend(text, 4);
  const after = await spent();
  const rose = after.map((amount, index) => amount - (before[index] ?? 0));
  expect(rose[0]).toBeGreaterThan(0.1);
  expect(rose).toEqual([rose[0], rose[0], rose[0]].map((amount) => expect.closeTo(amount ?? 0, 4)));
  await spend(other.text, 4);
  const last = await spent();
  expect(last[0]).toBeCloseTo(after[0] ?? 0, 4);
  expect((last[2] ?? 0) - (after[2] ?? 0)).toBeCloseTo(rose[0] ?? 0, 4);
});

test('each threshold is told once in a period, by one of two programs, and again after the budget is changed', async () => {
  const { key, text } = await setUp();
  const budgets = await budgetsOf();
  const { budgets: others } = await (await again()).money();
  const subject = { kind: 'key', keyId: key.id } as const;
  const read = async () => {
    await budgets.refresh(0);
    return [...budgets.claimAlerts(), ...others.claimAlerts()].map(({ percent }) => percent);
  };
  await spend(text, 4);
  await budgets.refresh(0);
  budgets.set({ subject, amount: 1, period: 'month', alertPercent: 50 });
  await budgets.refresh(0);
  const spent = budgets.of(subject)?.spent?.amount ?? 0;
  // 60% of it is spent
  budgets.set({ subject, amount: spent / 0.6, period: 'month', alertPercent: 50 });
  await budgets.refresh(0);
  const [alert] = others.claimAlerts();
  expect(alert).toMatchObject({ percent: 50 });
  expect(alert && alertWords(alert).title).toBe('notebook has spent 50% of its budget');
  expect(await read()).toEqual([]);
  while ((budgets.of(subject)?.percent ?? 0) < 100) {
    await spend(text, 4);
    await budgets.refresh(0);
  }
  expect(await read()).toEqual([100]);
  expect(await read()).toEqual([]);
  budgets.set({ subject, amount: spent / 2, period: 'month', alertPercent: 50 });
  expect(await read()).toEqual([100]);
});

test('a budget follows its profile’s name, ends with it, and an account that can’t be read is named', async () => {
  const { key } = await add('falconers', 'notebook');
  varvel().profiles.create('staging', { key, host: null });
  const budgets = await budgetsOf();
  budgets.set({
    subject: { kind: 'profile', profile: 'staging' },
    amount: 5,
    period: 'week',
    alertPercent: 80,
  });
  varvel().profiles.rename('staging', 'shop');
  expect(budgets.list()).toMatchObject([{ name: 'shop', level: 'unknown', percent: null }]);
  const { problems } = await budgets.refresh(0);
  expect(problems).toMatchObject([{ about: 'falconers', error: { code: 'not_found' } }]);
  varvel().profiles.delete('shop');
  expect(budgets.list()).toEqual([]);
  for (const bad of [{ amount: 0 }, { amount: Number.NaN }, { alertPercent: 100 }, { zone: 'Moon' }])
    expect(() =>
      budgets.set({
        subject: { kind: 'key', keyId: key.id },
        amount: 1,
        period: 'day',
        alertPercent: 80,
        ...bad,
      }),
    ).toThrow();
});

test('a balance comes from an ADMIN key, is kept with what it was before, and isn’t asked for too often', async () => {
  const { account } = await setUp();
  const { balances } = await varvel().money();
  const first = await balances.refresh(account.id, 60_000);
  expect(first).toMatchObject({ amount: 412.08, currency: 'USD', before: null });
  await tell('balance', { account: 'falconers', balance: 3 });
  expect(await balances.refresh(account.id, 60_000)).toEqual(first);
  expect(await balances.refresh(account.id, 0)).toMatchObject({ amount: 3, before: { amount: 412.08 } });
  expect(await balances.refresh(account.id, 0)).toMatchObject({ amount: 3, before: { amount: 412.08 } });
  expect(varvel().knownBalance(account.id)).toMatchObject({ amount: 3 });
  // what fal can't answer leaves what was known
  await tell('faults', { target: 'platform', kind: 'status', status: 500 });
  await expect(balances.refresh(account.id, 0)).rejects.toMatchObject({ code: 'server_error' });
  expect(await balances.refresh(account.id, 3_600_000)).toMatchObject({ amount: 3 });
  expect(await balances.refresh('nobody', 0)).toBeNull();
});

test('a balance that rose lately tells a lock that stayed from an empty balance', async () => {
  const { key, account } = await setUp();
  const { balances } = await varvel().money();
  await tell('lock', { account: 'falconers', pattern: 'exhausted_balance' });
  await balances.refresh(account.id, 0);
  await tell('lock', { account: 'falconers', pattern: 'top_up_lag' });
  const diagnosis = await (await varvel().lockDoctor()).diagnose(key);
  // what it read is what is known from now on
  expect(varvel().knownBalance(account.id)).toMatchObject({ amount: 10 });
  expect(diagnosis).toMatchObject({ pattern: 'top_up_lag', certainty: 'certain', roseFrom: { amount: 0 } });
  expect(diagnosis.explanation.known.join(' ')).toMatch(/Varvel saw \$0\.00 1 min ago/);
});
