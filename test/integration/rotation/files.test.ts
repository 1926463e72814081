import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { errorOf, expectFailure, keysList } from '../cli/contract.ts';
import { newRotations } from './rotations.ts';

const { machine, file, text, secretOf, config, rotate, idsAtFal, usedKey } = newRotations();

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

test('a read-only file stops the revoke with its name, and once it is writable the rotation goes on', async () => {
  const old = await usedKey();
  await chmod(file('.env'), 0o400);
  const ended = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expectFailure(ended, 8, /isn’t revoked, because a place may still have it.*\.env is read-only/, /--resume/);
  expect(await idsAtFal()).toContain(old.id);
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

test('a file that has another name stops the revoke, since that name would keep the old key', async () => {
  const old = await usedKey();
  await link(file('.env'), file('.env.copy'));
  const ended = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expectFailure(ended, 8, /may still have it.*\.env has 2 names/, /--force/);
  expect(await text('.env.copy')).toContain(old.key);
  expect(await idsAtFal()).toContain(old.id);
  await rm(file('.env.copy'));
  expect(await rotate(old.id, '--resume', '--grace', '0', '--yes')).toMatchObject({ step: 'ended' });
  expect(await text('.env')).not.toContain(old.key);
});

test('a key that stands where Varvel didn’t write it stops the revoke, and --force goes on without that file', async () => {
  const old = await usedKey();
  await writeFile(file('.env'), `${await text('.env')}OTHER_KEY=${old.key}\n`);
  const ended = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expectFailure(ended, 8, /may still have it.*\.env still has the key .*: line 4/, /--force/);
  expect(await idsAtFal()).toContain(old.id);
  expect((await machine().varvel('doctor', '--offline')).stdout).toMatch(/doesn’t go on.*\.env.*line 4/);
  const asked = await machine().varvel('keys', 'rotate', old.id, '--resume', '--force');
  expectFailure(asked, 2, /will be revoked\. What still has it stops working/, /--yes/);
  expect(asked.stderr).toMatch(/\.env still has the key/);
  expect(await rotate(old.id, '--resume', '--force', '--yes')).toMatchObject({ step: 'ended' });
  expect(await idsAtFal()).not.toContain(old.id);
  expect(await text('.env')).toContain(`OTHER_KEY=${old.key}`);
});

test('a project on a disk that isn’t there stops the revoke, and the list of files says that it can’t be checked', async () => {
  const old = await usedKey();
  await mkdir(file('usb/shop'), { recursive: true });
  await machine().varvel('export', file('usb/shop/.env'), '-p', 'staging');
  await rename(file('usb'), file('away'));
  expect((await machine().varvel('keys', 'show', old.id)).stdout).toMatch(
    /usb\/shop\/\.env.*can’t be checked/,
  );
  const ended = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expectFailure(ended, 8, /Couldn’t look at .*usb\/shop\/\.env: its folder doesn’t exist/, /--resume/);
  expect(ended.stderr).toMatch(/usb\/shop\/\.env .*stops the revoke until it can/);
  await rename(file('away'), file('usb'));
  const { new_key } = await rotate(old.id, '--resume');
  expect(await text('usb/shop/.env')).toBe(`FAL_KEY=${await secretOf(new_key)}\n`);
  expect(await idsAtFal()).not.toContain(old.id);
});

test('a file of the fal CLI that had the key already is followed wherever FAL_CONFIG_PATH leads, and so is one that was imported from', async () => {
  const old = await usedKey();
  for (const name of ['applied.toml', 'imported.toml'])
    await writeFile(
      file(name),
      `[other]\nkey = "${old.key}"\n\n[staging]\nkey = "${old.key}"\n\n[__internal__]\nprofile = "staging"\n`,
    );
  const at = (name: string) => ({ env: { FAL_CONFIG_PATH: file(name) } });
  const applied = await machine().varvelWith(at('applied.toml'), 'falcli', 'apply', '--with-key');
  expect(applied.stderr).toMatch(/already uses staging/);
  expect(await machine().varvelWith(at('imported.toml'), 'falcli', 'import', '--yes')).toMatchObject({
    code: 0,
  });
  const { new_key } = await rotate('staging', '--grace', '0', '--yes');
  const key = await secretOf(new_key);
  for (const name of ['applied.toml', 'imported.toml']) {
    expect(await text(name)).toContain(key);
    expect(await text(name)).not.toContain(old.key);
  }
});

test('only files that have the new key are said to use it', async () => {
  const old = await usedKey();
  await writeFile(file('.env'), 'FAL_KEY=another:key\n');
  await rm(file('settings.json'));
  await machine().varvel('export', file('third.env'), '-p', 'staging');
  const rotated = await rotate(old.id, '--yes');
  expect(rotated.moved).toMatchObject({ profiles: 1, files: 1 });
});

test('a file of the fal CLI on a disk that isn’t there stops the revoke too', async () => {
  const old = await usedKey();
  await mkdir(file('usb'));
  const there = { env: { FAL_CONFIG_PATH: file('usb/config.toml') } };
  expect(await machine().varvelWith(there, 'falcli', 'apply', '--with-key')).toMatchObject({ code: 0 });
  await rename(file('usb'), file('away'));
  const ended = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expectFailure(ended, 8, /Couldn’t look at .*usb\/config\.toml: its folder doesn’t exist/, /--resume/);
  expect(await idsAtFal()).toContain(old.id);
  await rename(file('away'), file('usb'));
  const { new_key } = await rotate(old.id, '--resume');
  expect(await text('usb/config.toml')).toContain(await secretOf(new_key));
});

test('an exported file that was renamed stops the revoke; links and pipes beside it aren’t opened, and once it is deleted the rotation goes on', async () => {
  const old = await usedKey();
  await mkdir(file('shop'));
  await machine().varvel('export', file('shop/.env'), '-p', 'staging');
  execFileSync('mkfifo', [file('shop/pipe')]);
  await symlink(file('secret'), file('shop/link'));
  await writeFile(file('secret'), old.key);
  await rename(file('shop/.env'), file('shop/.env.production'));
  const ended = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expectFailure(
    ended,
    8,
    /shop\/\.env isn’t there any more, but .*\.env\.production has its key: line 1/,
    /--force/,
  );
  expect(await idsAtFal()).toContain(old.id);
  await rm(file('shop/.env.production'));
  expect(await rotate(old.id, '--resume')).toMatchObject({ step: 'ended' });
});
