import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Certainty, LockPattern } from '../../../core/model/fal/diagnosis.ts';
import type { StoredKey } from '../../../core/model/fal/key.ts';
import { formsOfKey, found } from '../promises/canary.ts';
import { coreAtSandbox } from './core-at-sandbox.ts';

const { varvel, add, tell, root } = coreAtSandbox();

const limitMs = 3000;

async function diagnose(key: StoredKey) {
  const start = performance.now();
  const diagnosis = await (await varvel().lockDoctor()).diagnose(key);
  expect(performance.now() - start).toBeLessThan(limitMs);
  return diagnosis;
}

const account = { account: 'falconers' };

/** How each pattern is put on the falconers’ key `build-bots`, and what it must be called. */
const cases: [LockPattern, Certainty, (keyId: string) => [string, object]][] = [
  ['exhausted_balance', 'certain', () => ['lock', { ...account, pattern: 'exhausted_balance' }]],
  ['contradictory_balances', 'certain', () => ['lock', { ...account, pattern: 'contradictory_balances' }]],
  ['top_up_lag', 'likely', () => ['lock', { ...account, pattern: 'top_up_lag' }]],
  ['top_up', 'certain', () => ['lock', { ...account, pattern: 'top_up' }]],
  ['admin_lock', 'certain', () => ['lock', { ...account, pattern: 'admin_lock' }]],
  ['archived', 'certain', () => ['lock', { ...account, pattern: 'archived' }]],
  ['team_limit', 'likely', () => ['lock', { ...account, pattern: 'team_limit' }]],
  ['member_limit', 'likely', () => ['lock', { ...account, member: 'ada', pattern: 'member_limit' }]],
  ['key_limit', 'likely', (key_id) => ['lock', { key_id, pattern: 'key_limit' }]],
  ['unknown_lock', 'likely', () => ['lock', { ...account, reason: 'Moon phase.' }]],
  ['wrong_key', 'certain', (key_id) => ['revoke', { key_id }]],
  ['wrong_account', 'certain', (key_id) => ['move', { key_id, account: 'ada' }]],
  ['no_answer', 'certain', () => ['faults', { target: 'rest', kind: 'status', status: 500 }]],
  ['no_answer', 'certain', () => ['faults', { target: 'rest', kind: 'drop' }]],
];

test.each(cases)('%s is named, %s, within three seconds', async (pattern, certainty, put) => {
  const { key } = await add('falconers', 'build-bots');
  await add('falconers', 'notebook');
  await add('falconers', 'deploy');
  expect(await diagnose(key)).toMatchObject({ pattern: 'works', explanation: { steps: [] } });
  await tell(...put(key.id));
  const diagnosis = await diagnose(key);
  expect(diagnosis).toMatchObject({ pattern, certainty });
  const { title, meaning, steps, who } = diagnosis.explanation;
  for (const text of [title, meaning, who, ...steps]) expect(text).toMatch(/^\S.{4}/);
  expect(steps.length).toBeGreaterThan(0);
  expect(diagnosis.report).toContain(`(${pattern}, ${certainty})`);
  // only what costs nothing was asked
  expect(diagnosis.requests.map(({ path }) => path).filter((path) => /run|queue/.test(path))).toEqual([]);
});

test('after an unlock the same key works, with the balance of before', async () => {
  const { key } = await add('falconers', 'build-bots');
  const balance = async () => (await diagnose(key)).balances.user;
  await tell('lock', { ...account, pattern: 'exhausted_balance' });
  expect(await balance()).toEqual({ state: 'read', amount: -0.18, currency: 'USD' });
  await tell('unlock', account);
  expect(await diagnose(key)).toMatchObject({ pattern: 'works' });
  await tell('lock', { ...account, reason: 'Exhausted balance.' });
  expect(await balance()).toEqual({ state: 'read', amount: 412.08, currency: 'USD' });
});

test('an API key alone reads one of the two balances, and says that the other is missing', async () => {
  const { key } = await add('falconers', 'build-bots');
  await tell('lock', { ...account, pattern: 'contradictory_balances' });
  const { pattern, explanation } = await diagnose(key);
  expect(pattern).toBe('exhausted_balance');
  expect(explanation.doubts.join(' ')).toMatch(/account\/billing couldn’t be read: .*ADMIN key/);
});

test('a key limit is told from an account’s lock by another key that works', async () => {
  const { key } = await add('falconers', 'build-bots');
  await add('falconers', 'notebook');
  await tell('lock', { key_id: key.id, reason: 'Limit reached.' });
  expect(await diagnose(key)).toMatchObject({
    pattern: 'key_limit',
    siblings: { tried: 1, working: 1 },
    explanation: { who: expect.stringMatching(/Admin or Billing role/) },
  });
});

test('balances that take long to read don’t keep the answer back, and are said to be missing', async () => {
  const { key } = await add('falconers', 'build-bots');
  await tell('lock', { ...account, pattern: 'admin_lock' });
  await tell('faults', { target: 'rest', kind: 'slow', delay_ms: 60_000, path: '/billing' });
  const diagnosis = await (await varvel().lockDoctor()).diagnose(key);
  expect(diagnosis).toMatchObject({ pattern: 'admin_lock', balances: { user: { state: 'unread' } } });
});

test('who can help is the owner of a personal account, or fal', async () => {
  const { key } = await add('grace', 'compiler');
  expect((await diagnose(key)).pattern).toBe('exhausted_balance');
  await tell('lock', { account: 'grace', pattern: 'admin_lock' });
  expect((await diagnose(key)).explanation).toMatchObject({
    who: 'Only fal’s support.',
    steps: [expect.stringMatching(/support@fal\.ai/)],
  });
});

test('the report has ids, times, answers and balances, and no secret, even one that fal sends back', async () => {
  const { key, text } = await add('falconers', 'build-bots');
  const admin = await add('falconers', 'deploy');
  const forms = [...formsOfKey('key', text), ...formsOfKey('admin', admin.text)];
  await tell('lock', { ...account, pattern: 'contradictory_balances' });
  const { report } = await diagnose(key);
  expect(report).toMatch(/-\$0\.18/);
  expect(report).toMatch(/\$10\.00/);
  expect(report).toContain(key.id);
  expect(report).toMatch(/POST \S+\/storage\/upload\/initiate: HTTP 403, \d+ ms, request id [\w-]{36}/);
  const secret = text.slice(text.indexOf(':') + 1);
  for (const sent of [
    secret,
    text,
    admin.text,
    Buffer.from(text).toString('base64'),
    encodeURIComponent(text),
  ]) {
    await tell('lock', { ...account, reason: `Exhausted balance. ${sent} ${sent}` });
    expect(found(Buffer.from(JSON.stringify(await diagnose(key))), forms)).toEqual([]);
  }

  const path = join(root(), 'report.txt');
  const doctor = await varvel().lockDoctor();
  expect(await doctor.saveReport(path, report)).toMatch(/report\.txt$/);
  expect(await readFile(path, 'utf8')).toBe(report);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await expect(doctor.saveReport(path, report)).rejects.toMatchObject({ code: 'conflict' });
});

test('a watch sees the key work again and keeps the verdict; nothing else is asked meanwhile', async () => {
  const { key } = await add('falconers', 'build-bots');
  await tell('lock', { ...account, pattern: 'exhausted_balance' });
  const doctor = await varvel().lockDoctor();
  const stop = new AbortController();
  const stopped = doctor.watch(key, { forMs: 60_000, signal: stop.signal, onCheck: () => stop.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  await tell('unlock', account);
  expect(await doctor.watch(key, { forMs: 60_000 })).toBe('works');
  expect(varvel().keyTest.verdicts().get(key.id)?.kind).toBe('valid');
});
