import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { secretName } from '../../../core/ports.ts';
import { startSandbox } from '../../../sandbox/start.ts';
import { activityList, expectFailure, madeKey } from './contract.ts';
import { newMachine } from './machine.ts';
import type { Ended } from './program.ts';

const machine = newMachine();

const report = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['well', 'note', 'broken']),
      message: z.string(),
      hint: z.string(),
    }),
  ),
});
const reportOf = ({ stdout }: Ended) => report.parse(JSON.parse(stdout));

test('when all is well doctor exits with 0 and says what it looked at', async () => {
  await machine().signIn('ada', 'github');
  const ended = await machine().varvel('doctor', '--json');
  expect(ended.code).toBe(0);
  const { ok, checks } = reportOf(ended);
  expect(ok).toBe(true);
  const names = new Set(checks.map(({ name }) => name));
  for (const name of ['data folder', 'database', 'vault', 'sign-in', 'network'])
    expect(names).toContain(name);
  const { stdout, stderr } = await machine().varvel('doctor');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/✓ vault/);
});

test('fal out of reach, a session that ended and a secret that is gone are each broken, with their codes', async () => {
  await machine().signIn('ada', 'github');
  const gone = join(machine().root, 'gone.json');
  const sandbox = await startSandbox();
  await writeFile(gone, JSON.stringify({ ...sandbox.environment, name: 'sandbox' }));
  await sandbox.close();
  const unreachable = await machine().varvelWith({ env: { VARVEL_ENVIRONMENT: gone } }, 'doctor', '--json');
  expect(unreachable.code).toBe(6);
  expect(reportOf(unreachable)).toMatchObject({ ok: false });
  expect(
    (await machine().varvelWith({ env: { VARVEL_ENVIRONMENT: gone } }, 'doctor', '--offline')).code,
  ).toBe(0);

  await machine().control('expire', { person: 'ada', what: 'access' });
  await machine().control('expire', { person: 'ada', what: 'refresh' });
  await machine().varvel('accounts', 'list');
  const ended = await machine().varvel('doctor', '--json');
  expect(ended.code).toBe(3);
  expect(reportOf(ended).checks.find(({ state }) => state === 'broken')).toMatchObject({ name: 'sign-in' });
});

test('a key without its secret is broken; forgotten, all is well', async () => {
  await machine().signIn('ada', 'github');
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots');
  execFileSync('secret-tool', ['clear', 'account', secretName.key(id)], { env: machine().env });
  const ended = await machine().varvel('doctor', '--offline', '--json');
  expect(ended.code).toBe(4);
  expect(JSON.stringify(reportOf(ended))).toContain('not in this vault');
  expect(JSON.stringify(reportOf(ended))).toContain(`varvel keys forget ${id}`);
  await machine().varvel('keys', 'forget', id, '--yes');
  expect((await machine().varvel('doctor', '--offline')).code).toBe(0);
});

test('of many keys without their secrets, a few are named and the others are counted', async () => {
  await machine().signIn('ada', 'github');
  for (let i = 0; i < 7; i++) {
    const { id } = await machine().json(madeKey, 'keys', 'create', `bots-${i}`);
    execFileSync('secret-tool', ['clear', 'account', secretName.key(id)], { env: machine().env });
  }
  const ended = await machine().varvel('doctor', '--offline', '--json');
  expect(ended.code).toBe(4);
  const messages = reportOf(ended)
    .checks.filter(({ state }) => state === 'broken')
    .map(({ message }) => message);
  expect(messages).toHaveLength(6);
  expect(messages[5]).toBe('The secrets of 2 more keys are not in this vault.');
});

test('a stray FAL_KEY and a forced profile are notes, not faults', async () => {
  const env = { FAL_KEY: 'stray:secret-of-a-stray', VARVEL_PROFILE: 'p', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const ended = await machine().varvelWith({ env }, 'doctor', '--json');
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(/FAL_KEY is set/);
  expect(ended.stdout).toMatch(/VARVEL_PROFILE is set to p/);
  expect(ended.stdout).toMatch(/NODE_TLS_REJECT_UNAUTHORIZED/);
  expect(ended.stdout + ended.stderr).not.toContain('secret-of-a-stray');
});

test('a report to share has the checks and no names', async () => {
  await machine().signIn('ada', 'github');
  await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'secret-client');
  await machine().varvel('switch', 'secret-client');
  const { stdout, code } = await machine().varvel('doctor', '--report');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok: program: Varvel/);
  expect(stdout).toMatch(/^ok: database: 1 profile, current: \*\*\*$/m);
  expect(stdout).toMatch(/^ok: sign-in: \*\*\* \(GitHub\)$/m);
  expect(stdout).not.toMatch(/secret-client|ada@|bots/);
  expect(stdout).not.toContain(machine().env.HOME);
  expect(reportOf(await machine().varvel('doctor', '--json')).ok).toBe(true);
});

test('activity tells what was done, newest first, by span and by key', async () => {
  await machine().signIn('ada', 'github');
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  await machine().json(madeKey, 'keys', 'create', 'others');
  await machine().varvel('switch', 'staging');
  await machine().varvel('keys', 'reveal', 'bots');
  const { activity } = await machine().json(activityList, 'activity');
  expect(activity.map(({ kind }) => kind)).toEqual([
    'key_revealed',
    'switched',
    'key_created',
    'profile_created',
    'key_created',
    'signed_in',
  ]);
  const ofKey = await machine().json(activityList, 'activity', '--key', 'bots', '--since', '1h');
  expect(new Set(ofKey.activity.map(({ key }) => key))).toEqual(new Set([id]));
  // a key that is gone is still found by its id
  await machine().varvel('keys', 'revoke', 'bots', '--yes');
  const after = await machine().json(activityList, 'activity', '--key', id);
  expect(after.activity[0]).toMatchObject({ kind: 'key_revoked', key: id });
  const { stdout } = await machine().varvel('activity', '--key', id);
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\tkey revoked/);
  for (const span of ['yesterday', '7', '-1d', '1y']) {
    expectFailure(await machine().varvel('activity', `--since=${span}`), 2, /not a duration/, /7d/);
  }
  expectFailure(await machine().varvel('activity', '--since='), 2, /--since needs a value/, /./);
});
