import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { activityList, expectFailure, keysList } from '../cli/contract.ts';
import { keyOf, keysOf } from '../sandbox/running.ts';
import { newRotations } from './rotations.ts';

const { machine, file, text, secretOf, config, rotate, idsAtFal, usedKey } = newRotations();

test('everything gets the new key, and the old one works until the grace period is over', async () => {
  const old = await usedKey();
  const rotated = await rotate('staging', '--yes');
  expect(rotated).toMatchObject({
    key: old.id,
    direction: 'forward',
    step: 'wait',
    account: 'ada',
    scope: 'API',
    moved: { profiles: 1, files: 2, falcli: 1 },
    problem: null,
  });
  expect(rotated.alias).toMatch(/^bots-g2-[0-9a-f]{4}$/);
  expect(Date.parse(rotated.revoke_at ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000);
  const now = await secretOf(rotated.new_key);
  expect(await text('.env')).toBe(`# mine\nPORT=1\nFAL_KEY=${now}\n`);
  expect(JSON.parse(await text('settings.json'))).toEqual({ FAL_KEY: now });
  expect(await config()).toContain(`key = "${now}"`);
  expect((await machine().varvel('env', 'staging', '--format', 'dotenv')).stdout).toBe(`FAL_KEY=${now}\n`);
  expect(await machine().varvel('keys', 'test', old.id)).toMatchObject({ code: 0 });

  const { keys } = await machine().json(keysList, 'keys', 'list');
  expect(keys.find(({ id }) => id === old.id)).toMatchObject({ stored: true, remote: true, profiles: [] });

  const done = await rotate(old.id, '--resume', '--grace', '0', '--yes');
  expect(done).toMatchObject({ step: 'ended', new_key: rotated.new_key });
  expect(await idsAtFal()).not.toContain(old.id);
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  const { activity } = await machine().json(activityList, 'activity');
  const kinds = activity.map(({ kind }) => kind);
  for (const kind of ['rotation_started', 'rotation_switched', 'rotation_finished', 'key_revoked'])
    expect(kinds).toContain(kind);
});

test('without a terminal it needs --yes, tells who uses the key before that, and changes nothing', async () => {
  const old = await usedKey();
  const before = await keysOf(machine().sandbox);
  const ended = await machine().varvel('keys', 'rotate', 'bots');
  expectFailure(ended, 2, /revoked after 24h, which can’t be undone/, /--yes/);
  for (const part of [
    'Profiles: staging',
    file('.env'),
    file('settings.json'),
    'fal CLI: staging',
    'No ADMIN key of ada here',
  ])
    expect(ended.stderr).toContain(part);
  expect(await text('.env')).toContain(old.key);
  expect(await keysOf(machine().sandbox)).toEqual(before);
});

test('a second rotation of the same key, or of its new one, is refused', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  expectFailure(await machine().varvel('keys', 'rotate', old.id, '--yes'), 8, /already/, /--resume/);
  expectFailure(
    await machine().varvel('keys', 'rotate', new_key ?? '', '--yes'),
    8,
    /isn’t over yet/,
    /--abort/,
  );
});

test('the next generation has the next number, and --resume or --abort without a rotation say so', async () => {
  await usedKey();
  await rotate('staging', '--grace', '0', '--yes');
  const second = await rotate('staging', '--grace', '0', '--yes');
  expect(second.alias).toMatch(/^bots-g3-[0-9a-f]{4}$/);
  for (const what of ['--resume', '--abort'])
    expectFailure(
      await machine().varvel('keys', 'rotate', 'staging', what),
      4,
      /isn’t being rotated/,
      /activity/,
    );
  expectFailure(
    await machine().varvel('keys', 'rotate', 'staging', '--resume', '--abort'),
    2,
    /either/,
    /--help/,
  );
  expectFailure(
    await machine().varvel('keys', 'rotate', 'staging', '--grace', 'soon', '--yes'),
    2,
    /duration/,
    /24h/,
  );
});

test('signed out, with an ADMIN key of the account, an API key is rotated with that; an ADMIN key needs a sign-in', async () => {
  const admin = await keyOf(machine().sandbox, 'falconers', 'ADMIN');
  const api = await keyOf(machine().sandbox, 'falconers', 'API');
  await machine().varvel('logout', '--all');
  await machine().varvelWith({ input: api.key }, 'keys', 'add', '--stdin', '--profile', 'team');
  const ended = await machine().varvel('keys', 'rotate', 'team', '--yes');
  expectFailure(ended, 3, /nobody is signed in to falconers/, /login/);
  await machine().varvelWith({ input: admin.key }, 'keys', 'add', '--stdin');
  expect(await rotate('team', '--grace', '0', '--yes')).toMatchObject({
    step: 'ended',
    account: 'falconers',
  });
  expect(await machine().varvel('keys', 'test', 'team')).toMatchObject({ code: 0 });
  expectFailure(
    await machine().varvel('keys', 'rotate', admin.key_id, '--yes'),
    3,
    /only a sign-in can create/,
    /login/,
  );
});

test('a key that can’t be created leaves nothing at fal, and --resume begins again', async () => {
  const old = await usedKey();
  const count = (await keysOf(machine().sandbox)).length;
  // fal makes the key, and its answer is lost
  await machine().control('faults', { target: 'grpc', kind: 'drop', after: true, times: 1 });
  const ended = await machine().varvel('keys', 'rotate', 'bots', '--yes');
  expect(ended.code).toBe(6);
  expect(await text('.env')).toContain(old.key);
  const { new_key } = await rotate(old.id, '--resume');
  const keys = await keysOf(machine().sandbox);
  expect(keys).toHaveLength(count + 1);
  expect(keys.map(({ key_id }) => key_id)).toContain(new_key);
});

test('on a new machine, a key from a backup can be rotated right after the sign-in', async () => {
  const old = await usedKey();
  const { env, root, varvel, signIn } = machine();
  env.VARVEL_PASSPHRASE = 'of the backup: “Falke” 1!';
  const backup = join(root, 'b.age');
  expect(await varvel('backup', backup)).toMatchObject({ code: 0 });
  env.VARVEL_HOME = join(root, 'new');
  expect(await varvel('restore', backup)).toMatchObject({ code: 0 });
  expect(await varvel('keys', 'rotate', old.id, '--yes')).toMatchObject({ code: 3 });
  await signIn('ada', 'github');
  expect(await rotate(old.id, '--yes')).toMatchObject({ key: old.id, step: 'wait' });
});

test('a key that a backup says to be of another account is not rotated there', async () => {
  const foreign = await keyOf(machine().sandbox, 'night-shift', 'API');
  await machine().varvelWith({ input: foreign.key }, 'keys', 'add', '--stdin', '--profile', 'prod');
  const db = new DatabaseSync(join(machine().data, 'state.db'));
  db.prepare('UPDATE keys SET account_id = ?, account_nickname = ? WHERE id = ?').run(
    'team-falconers',
    'falconers',
    foreign.key_id,
  );
  db.close();
  const before = await keysOf(machine().sandbox);
  const ended = await machine().varvel('keys', 'rotate', 'prod', '--yes', '--grace', '0');
  expectFailure(ended, 8, /is an API key of night-shift, and was taken for an API key of falconers/, /again/);
  expect(await keysOf(machine().sandbox)).toEqual(before);
  // the record is right now, and so is what follows
  expect(await rotate('prod', '--yes', '--grace', '0')).toMatchObject({
    account: 'night-shift',
    step: 'ended',
  });
  expect(await idsAtFal()).not.toContain(foreign.key_id);
  expect(await machine().varvel('keys', 'test', 'prod')).toMatchObject({ code: 0 });
});
