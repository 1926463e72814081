import { expect, test } from 'vitest';
import { ask } from '../sandbox/running.ts';
import { newRotations } from './rotations.ts';

const { machine, rotate, idsAtFal, usedKey } = newRotations();

test('a due rotation goes on after any command that opens the database for work', async () => {
  const old = await usedKey();
  await rotate('bots', '--grace', '1s', '--yes');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect((await machine().varvel('env', 'staging')).stderr).toBe('');
  expect(await idsAtFal()).toContain(old.id);
  const { stderr } = await machine().varvel('profiles', 'list');
  expect(stderr).toMatch(/Rotated: .* replaces .* of ada, which is revoked/);
  expect(await idsAtFal()).not.toContain(old.id);
});

test('a longer grace period holds, also when the revoke was stopped before', async () => {
  const old = await usedKey();
  await rotate('bots', '--grace', '1s', '--yes');
  await machine().control('faults', { target: 'grpc', kind: 'status', status: 503 });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await machine().varvel('keys', 'rotate', 'bots', '--resume');
  await ask(`${machine().sandbox.control}/faults`, { method: 'DELETE' });
  expect(await rotate(old.id, '--resume', '--grace', '7d')).toMatchObject({ step: 'wait' });
  expect(await idsAtFal()).toContain(old.id);
});

test('doctor says until when the old key works, in this machine’s time zone as everywhere', async () => {
  await usedKey();
  const { revoke_at } = await rotate('bots', '--yes');
  const inTokyo = new Date(Date.parse(revoke_at ?? '') + 9 * 3_600_000).toISOString();
  const { stdout } = await machine().varvelWith({ env: { TZ: 'Asia/Tokyo' } }, 'doctor', '--offline');
  expect(stdout).toContain(`its old key is revoked at ${inTokyo.slice(0, 19).replace('T', ' ')}`);
});
