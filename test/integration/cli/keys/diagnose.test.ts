import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { certainties, lockPatterns } from '../../../../core/model/fal/diagnosis.ts';
import { formsOfKey, found } from '../../promises/canary.ts';
import { keyOf } from '../../sandbox/running.ts';
import { expectFailure } from '../contract.ts';
import { newMachine } from '../machine.ts';
import { requestsOf } from '../requests.ts';

const machine = newMachine();

const diagnosis = z.object({
  pattern: z.enum(lockPatterns),
  certainty: z.enum(certainties),
  title: z.string(),
  key: z.string(),
  profile: z.nullable(z.string()),
  account: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  steps: z.array(z.string()),
  who: z.string(),
  requests: z.array(z.object({ status: z.nullable(z.number()), request_id: z.nullable(z.string()) })),
  report: z.nullable(z.string()),
});

/** A key of the falconers, kept under the profile `p`. */
async function givenKey() {
  const key = await keyOf(machine().sandbox, 'falconers', 'API');
  await machine().varvelWith({ input: key.key }, 'keys', 'add', 'bots', '--stdin', '-p', 'p');
  return key;
}

const lock = (pattern: string) => machine().control('lock', { account: 'falconers', pattern });

async function diagnose(...args: string[]) {
  const { code, stdout } = await machine().varvel('keys', 'diagnose', ...args, '--json');
  return { code, ...diagnosis.parse(JSON.parse(stdout)) };
}

test('keys test names the pattern of a lock in its last line, and keys diagnose says what to do and who can', async () => {
  const { key_id } = await givenKey();
  await lock('admin_lock');
  const tested = await machine().varvel('keys', 'test', 'p');
  expect(tested.code).toBe(7);
  expect(tested.stderr.trimEnd().split('\n').at(-1)).toBe(
    `hint: p: Locked by fal’s staff. Find out why, and who can help, with \`varvel keys diagnose ${key_id}\`.`,
  );
  const { code, stdout } = await machine().varvel('keys', 'diagnose', 'p');
  expect(code).toBe(7);
  expect(stdout).toMatch(/^Locked by fal’s staff p, falconers\n/);
  expect(stdout).toMatch(/What to do\n1\. Write to support@fal\.ai/);
  expect(stdout).toMatch(/Who can\n· Only fal’s support\./);
  expect(stdout).toContain('fal says: “Admin lock. Please contact support@fal.ai”');
  expect(await diagnose(key_id)).toMatchObject({ code: 7, pattern: 'admin_lock', profile: 'p', key: key_id });
});

test('a key that works exits with 0, a silent fal with 6, an unknown name with 4', async () => {
  await givenKey();
  expect(await diagnose('bots')).toMatchObject({ code: 0, pattern: 'works', steps: [] });
  await machine().control('faults', { target: 'rest', kind: 'drop' });
  expect(await diagnose('p')).toMatchObject({ code: 6, pattern: 'no_answer' });
  expectFailure(await machine().varvel('keys', 'diagnose', 'moon'), 4, /“moon”/, /./);
});

test('the report is saved once, or printed, and holds no secret', async () => {
  const { key, key_id } = await givenKey();
  await lock('contradictory_balances');
  const path = join(machine().root, 'home/lock.txt');
  const saved = await machine().varvel('keys', 'diagnose', 'p', '--report', 'lock.txt');
  expect(saved.stderr).toMatch(/Saved the report to \S+lock\.txt/);
  const report = await readFile(path);
  expect(report.toString()).toContain(key_id);
  expect(report.toString()).toMatch(/HTTP 403, \d+ ms, request id /);
  const printed = await machine().varvel('keys', 'diagnose', 'p', '--report', '-');
  expect(printed.stdout).toMatch(/^Report on a refused fal key\n/);
  expect(
    found(Buffer.concat([report, Buffer.from(JSON.stringify([saved, printed]))]), formsOfKey('key', key)),
  ).toEqual([]);
  expectFailure(await machine().varvel('keys', 'diagnose', 'p', '--report', 'lock.txt'), 8, /exists/, /./);
});

test('--watch waits until the key works again, and Ctrl-C ends it', async () => {
  await givenKey();
  await lock('exhausted_balance');
  const stopped = machine().start({}, 'keys', 'diagnose', 'p', '--watch');
  await stopped.says(/Waiting until/);
  stopped.process.kill('SIGINT');
  expect(await stopped.ended).toMatchObject({ code: 130 });
  const uploads = async () =>
    (await requestsOf(machine().sandbox)).filter((request) => request.includes('/storage/upload')).length;
  const before = await uploads();
  const watching = machine().start({}, 'keys', 'diagnose', 'p', '--watch', '--for', '1h');
  await watching.says(/Waiting until/);
  // its own look, then the watch’s first one
  while ((await uploads()) < before + 2);
  await machine().control('unlock', { account: 'falconers' });
  const { code, stderr } = await watching.ended;
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/works again/) });
  expectFailure(await machine().varvel('keys', 'diagnose', 'p', '--for', 'long'), 2, /not a duration/, /./);
}, 60_000);

test('doctor says which keys were locked in their last test, and how to find out why', async () => {
  const { key_id } = await givenKey();
  await lock('top_up');
  await machine().varvel('keys', 'test', 'p');
  const { stdout } = await machine().varvel('doctor');
  expect(stdout.replace(/\s+/g, ' ')).toContain('was locked in its last test: fal asks for a top-up');
  expect(stdout.replace(/\s+/g, ' ')).toContain(`varvel keys diagnose ${key_id}`);
});
