import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { activityList, errorOf, expectFailure, keysList, madeKey } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';
import { ask, keyOf, keysOf } from '../sandbox/running.ts';

const machine = newMachine({ signedIn: ['ada'] });

const rotation = z.object({
  key: z.string(),
  new_key: z.nullable(z.string()),
  alias: z.string(),
  account: z.string(),
  scope: z.enum(['API', 'ADMIN']),
  direction: z.enum(['forward', 'back']),
  step: z.string(),
  revoke_at: z.nullable(z.iso.datetime()),
  moved: z.object({ profiles: z.number(), files: z.number(), falcli: z.number() }),
  refused: z.array(z.object({ subject: z.string(), message: z.string() })),
  problem: z.nullable(z.object({ code: z.string(), message: z.string(), hint: z.string() })),
});

const rotate = (...args: string[]) => machine().json(rotation, 'keys', 'rotate', ...args);
const secretOf = async (id: string | null) =>
  (await keysOf(machine().sandbox)).find(({ key_id }) => key_id === id)?.key ?? `no key ${id}`;
const folder = () => join(machine().root, 'home');
const file = (name: string) => join(folder(), name);
const text = (name: string) => readFile(file(name), 'utf8');

/** A key with a profile that is in two files and in the fal CLI's file. */
async function usedKey(): Promise<{ id: string; key: string }> {
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  await machine().varvel('switch', 'staging');
  await writeFile(file('.env'), '# mine\nPORT=1\n');
  await machine().varvel('export', file('.env'), '-p', 'staging');
  await machine().varvel('export', file('settings.json'), '-p', 'staging');
  expect(await machine().varvel('falcli', 'apply', '--with-key')).toMatchObject({ code: 0 });
  return { id, key: await secretOf(id) };
}

const config = () => text('.fal/config.toml');

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
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).not.toContain(old.id);
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  const { activity } = await machine().json(activityList, 'activity');
  const kinds = activity.map(({ kind }) => kind);
  for (const kind of ['rotation_started', 'rotation_switched', 'rotation_finished', 'key_revoked'])
    expect(kinds).toContain(kind);
});

test('undoing an export after a rotation restores the file byte for byte, and removes one that the export made', async () => {
  await usedKey();
  await rotate('staging', '--grace', '0', '--yes');
  expect(await machine().varvel('export', file('.env'), '--undo')).toMatchObject({ code: 0 });
  expect(await text('.env')).toBe('# mine\nPORT=1\n');
  expect(await machine().varvel('export', file('settings.json'), '--undo')).toMatchObject({ code: 0 });
  await expect(stat(file('settings.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await machine().varvel('falcli', 'undo')).toMatchObject({ code: 0 });
  await expect(config()).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a file that was edited by hand keeps every other byte, its quotes and its mode', async () => {
  const old = await usedKey();
  const edited = `# mine\r\nFAL_KEY='${old.key}' # the bots'\r\nexport OTHER="x"\r\n`;
  await writeFile(file('.env'), edited);
  await chmod(file('.env'), 0o640);
  const { new_key } = await rotate('staging', '--grace', '0', '--yes');
  expect(await text('.env')).toBe(edited.replace(old.key, await secretOf(new_key)));
  expect((await stat(file('.env'))).mode & 0o777).toBe(0o640);
});

test('--abort gives everything the old key back, byte for byte, and revokes the new one', async () => {
  const old = await usedKey();
  const before = [await text('.env'), await text('settings.json'), await config()];
  const { new_key } = await rotate('bots', '--yes');
  const back = await rotate('staging', '--abort');
  expect(back).toMatchObject({ direction: 'back', step: 'wait', key: old.id, new_key });
  expect([await text('.env'), await text('settings.json'), await config()]).toEqual(before);
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  expect(await rotate(old.id, '--abort', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
  const ids = (await keysOf(machine().sandbox)).map(({ key_id }) => key_id);
  expect(ids).toContain(old.id);
  expect(ids).not.toContain(new_key);
  expect(await machine().varvel('export', file('.env'), '--undo')).toMatchObject({ code: 0 });
  expect(await text('.env')).toBe('# mine\nPORT=1\n');
});

test('a read-only file stops the revoke with its name, and once it is writable the rotation goes on', async () => {
  const old = await usedKey();
  await chmod(file('.env'), 0o400);
  const ended = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expectFailure(ended, 8, /isn’t revoked, because a file still has it.*\.env is read-only/, /--resume/);
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).toContain(old.id);
  expect(await machine().varvel('keys', 'test', old.id)).toMatchObject({ code: 0 });
  expect((await machine().varvel('doctor', '--offline')).stdout).toMatch(/rotations.*bots doesn’t go on/);
  await chmod(file('.env'), 0o600);
  expect(await rotate(old.id, '--resume')).toMatchObject({ step: 'ended', problem: null });
  expect(await text('.env')).toContain(
    await secretOf(
      (await machine().json(keysList, 'keys', 'list')).keys.find(({ profiles }) =>
        profiles.includes('staging'),
      )?.id ?? null,
    ),
  );
});

test('a malformed file that still holds the key stops the revoke too; one that doesn’t is left alone', async () => {
  const old = await usedKey();
  await writeFile(file('settings.json'), `{ "FAL_KEY": "${old.key}", }`);
  const ended = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes', '--json');
  expect(ended.code).toBe(8);
  expect(errorOf(ended).message).toContain('settings.json');
  expect(await text('settings.json')).toBe(`{ "FAL_KEY": "${old.key}", }`);
  await writeFile(file('settings.json'), '{ broken');
  expect(await rotate(old.id, '--resume')).toMatchObject({ step: 'ended' });
  expect(await text('settings.json')).toBe('{ broken');
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

test('a due rotation goes on after any command that opens the database for work', async () => {
  const old = await usedKey();
  await rotate('bots', '--grace', '1s', '--yes');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect((await machine().varvel('env', 'staging')).stderr).toBe('');
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).toContain(old.id);
  const { stderr } = await machine().varvel('profiles', 'list');
  expect(stderr).toMatch(/Rotated: .* replaces .* of ada, which is revoked/);
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).not.toContain(old.id);
});

test('an export of the old key during the grace period is found, and gets the new one before the revoke', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--grace', '7d', '--yes');
  await machine().varvel('profiles', 'create', 'late');
  await machine().varvel('profiles', 'set', 'late', `key=${old.id}`);
  await mkdir(file('late'));
  await machine().varvel('export', file('late/.env'), '-p', 'late');
  expect(await text('late/.env')).toContain(old.key);
  expect(await rotate(old.id, '--resume', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
  expect(await text('late/.env')).toBe(`FAL_KEY=${await secretOf(new_key)}\n`);
});

test('a file that gets the old key back during the grace period gets the new one again before the revoke', async () => {
  const old = await usedKey();
  const before = await text('.env');
  const { new_key } = await rotate('bots', '--grace', '7d', '--yes');
  // as an editor with an old buffer does, or git checkout
  await writeFile(file('.env'), before);
  expect(await rotate(old.id, '--resume', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
  expect(await text('.env')).toBe(before.replace(old.key, await secretOf(new_key)));
});

test('a longer grace period holds, also when the revoke was stopped before', async () => {
  const old = await usedKey();
  await rotate('bots', '--grace', '1s', '--yes');
  await machine().control('faults', { target: 'grpc', kind: 'status', status: 503 });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await machine().varvel('keys', 'rotate', 'bots', '--resume');
  await ask(`${machine().sandbox.control}/faults`, { method: 'DELETE' });
  expect(await rotate(old.id, '--resume', '--grace', '7d')).toMatchObject({ step: 'wait' });
  expect((await keysOf(machine().sandbox)).map(({ key_id }) => key_id)).toContain(old.id);
});

test('a new key that was revoked by hand meanwhile doesn’t take the old one with it, and the rotation can be aborted', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  await machine().control('revoke', { key_id: new_key });
  const ended = await machine().varvel('keys', 'rotate', old.id, '--resume', '--grace', '0', '--yes');
  expectFailure(ended, 8, /Nothing is revoked: key .* doesn’t work any more/, /--abort/);
  // who repairs it by hand keeps what they did
  await machine().varvel('profiles', 'set', 'staging', `key=${old.id}`);
  expect(await machine().varvel('keys', 'rotate', old.id, '--resume')).toMatchObject({ code: 8 });
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  expect(await rotate(old.id, '--abort', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
  expect(await text('.env')).toContain(old.key);
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
});

test('an old key that was revoked by hand can’t be gone back to, and the rotation is finished', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  await machine().varvel('keys', 'revoke', old.id, '--yes');
  expectFailure(
    await machine().varvel('keys', 'rotate', new_key ?? '', '--abort'),
    8,
    /Can’t go back/,
    /--resume/,
  );
  expect(await rotate(new_key ?? '', '--resume', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
});

test('a rotation whose keys were both forgotten ends with --abort, and says that it revoked neither', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  for (const id of [old.id, new_key ?? '']) await machine().varvel('keys', 'forget', id, '--yes');
  const { stderr } = await machine().varvel('keys', 'rotate', old.id, '--abort');
  expect(stderr).toContain('Nothing was revoked or changed');
  const ids = (await keysOf(machine().sandbox)).map(({ key_id }) => key_id);
  expect(ids).toEqual(expect.arrayContaining([old.id, new_key]));
});

test('an aborted rotation whose old key is then revoked by hand goes on with the new key', async () => {
  const old = await usedKey();
  const { new_key } = await rotate('bots', '--yes');
  await rotate('bots', '--abort');
  await machine().varvel('keys', 'revoke', old.id, '--yes');
  expectFailure(await machine().varvel('keys', 'rotate', old.id, '--abort'), 8, /Can’t go back/, /--resume/);
  expect(await rotate(old.id, '--resume', '--grace', '0', '--yes')).toMatchObject({
    direction: 'forward',
    step: 'ended',
  });
  expect(await text('.env')).toContain(await secretOf(new_key));
  expect(await machine().varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
});

test('doctor says until when the old key works, in this machine’s time zone as everywhere', async () => {
  await usedKey();
  const { revoke_at } = await rotate('bots', '--yes');
  const inTokyo = new Date(Date.parse(revoke_at ?? '') + 9 * 3_600_000).toISOString();
  const { stdout } = await machine().varvelWith({ env: { TZ: 'Asia/Tokyo' } }, 'doctor', '--offline');
  expect(stdout).toContain(`its old key is revoked at ${inTokyo.slice(0, 19).replace('T', ' ')}`);
});
