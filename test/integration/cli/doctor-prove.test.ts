import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { expectFailure } from './contract.ts';
import { newMachine } from './machine.ts';
import { run } from './program.ts';

const machine = newMachine();

const report = z.object({
  ok: z.boolean(),
  proofs: z.array(
    z.object({
      promise: z.int(),
      says: z.string(),
      state: z.enum(['held', 'broken', 'skipped']),
      message: z.string(),
    }),
  ),
});

test('the promises hold here, within a minute, and nothing is left behind', {
  timeout: 180_000,
}, async () => {
  const { varvel, varvelWith, env, root } = machine();
  const key = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
  await varvelWith({ input: key }, 'keys', 'add', 'own', '--stdin', '-p', 'own');
  const ended = await varvel('doctor', '--prove', '--json');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.took).toBeLessThan(60_000);
  const { ok, proofs } = report.parse(JSON.parse(ended.stdout));
  expect(ok).toBe(true);
  expect(proofs.map(({ promise, state }) => [promise, state])).toEqual(
    [1, 3, 7, 11, 12, 13, 14, 18, 19, 20, 0].map((promise) => [promise, 'held']),
  );
  expect(proofs.find(({ promise }) => promise === 1)?.message).toContain('in a keychain of their own');
  expect(readdirSync(join(root, 'tmp'))).toEqual([]);
  const left = await run('secret-tool', ['search', '--all', 'account', 'varvel/sentinel'], { env });
  // our own home has one
  expect(left.stdout + left.stderr).toContain('service = Varvel ');
  expect(left.stdout + left.stderr).not.toContain('varvel-prove');
  expect((await varvel('profiles', 'list', '--json')).stdout).toContain('own');
});

test('a promise that doesn’t hold is said, and exits with 1', { timeout: 180_000 }, async () => {
  const { varvel, varvelWith, data } = machine();
  await varvel('profiles', 'create', 'own');
  chmodSync(join(data, 'current'), 0o644);
  const ended = await varvelWith({ env: { VARVEL_VAULT: 'file' } }, 'doctor', '--prove');
  expect(ended.code).toBe(1);
  expect(ended.stdout).toMatch(/✓ {2}1 The vault.*\n {5}10 secrets .* in a passphrase vault/);
  expect(ended.stdout).toMatch(/✗ 14 .*\n {5}Others can open \S+\/current\./);
  expectFailure(await varvel('doctor', '--prove', '--offline'), 2, /can’t be combined/, /./);
});
