import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { secretName } from '../../../core/ports.ts';
import { openUnderPassphrase, sealUnderPassphrase } from '../../../platform/vault/under-passphrase.ts';
import { typed } from '../vault/typed.ts';
import { expectFailure, profilesList } from './contract.ts';
import { newMachine } from './machine.ts';
import { run, varvelProgram } from './program.ts';

const machine = newMachine();

const outcome = z.enum(['new', 'foreign_host', 'same', 'conflict', 'unusable']);
const made = z.object({
  file: z.string(),
  keys: z.number(),
  profiles: z.number(),
  without_secret: z.array(z.string()),
});
const restored = z.object({
  dry_run: z.boolean(),
  keys: z.array(
    z.object({ id: z.string(), alias: z.nullable(z.string()), outcome, reason: z.nullable(z.string()) }),
  ),
  profiles: z.array(z.object({ name: z.string(), outcome, reason: z.nullable(z.string()) })),
  current: z.nullable(z.string()),
});

const log = z.object({ activity: z.array(z.object({ kind: z.string(), detail: z.string() })) });

const passphrase = 'of the backup: “Falke” 1!';
const one = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
const two = 'bbbbbbbb-0000-4000-8000-000000000002:fedcba9876543210fedcba9876543210';
const idOf = (key: string) => key.split(':')[0] ?? '';
const at = (name: string) => join(machine().root, name);

/** Two keys, three profiles, one of them current; the passphrase of backups is set. */
async function fill(): Promise<void> {
  machine().env.VARVEL_PASSPHRASE = passphrase;
  const { varvel, varvelWith } = machine();
  for (const [alias, key] of [
    ['one', one],
    ['two', two],
  ] as const) {
    expect(await varvelWith({ input: key }, 'keys', 'add', alias, '--stdin')).toMatchObject({ code: 0 });
  }
  await varvel('profiles', 'create', 'first', 'key=one', 'color=teal', 'note=# <b>“hi”</b>');
  await varvel('profiles', 'create', 'second', 'key=two', 'host=api.alpha.fal.ai');
  await varvel('profiles', 'create', 'bare');
  await varvel('switch', 'second');
}

const backUp = (...args: string[]) => machine().varvel('backup', ...args);

let quick: Promise<Uint8Array> | null = null;

/**
 * Puts a backup of what `fill` stores at b.age, and an empty home beside it. It opens in a moment: a file says itself how
 * much work its passphrase takes.
 */
async function quickBackup(): Promise<void> {
  quick ??= sealQuickly();
  writeFileSync(at('b.age'), await quick);
  machine().env.VARVEL_PASSPHRASE = passphrase;
  machine().env.VARVEL_HOME = at('other');
}

async function sealQuickly(): Promise<Uint8Array> {
  await fill();
  await backUp(at('full.age'));
  const text = await openUnderPassphrase(readFileSync(at('full.age')), passphrase);
  return sealUnderPassphrase(text ?? '', passphrase, 10);
}

test('all keys and profiles come back in an empty home; the one that was current is named, not switched to', async () => {
  await fill();
  const { stdout } = await backUp(at('b.age'), '--json');
  expect(made.parse(JSON.parse(stdout))).toEqual({
    file: at('b.age'),
    keys: 2,
    profiles: 3,
    without_secret: [],
  });
  expect(statSync(at('b.age')).mode & 0o777).toBe(0o600);
  const before = await machine().json(profilesList, 'profiles', 'list');
  machine().env.VARVEL_HOME = at('other');
  const dry = await machine().json(restored, 'restore', at('b.age'), '--dry-run');
  expect(dry).toMatchObject({ dry_run: true, current: 'second' });
  expect((await machine().json(profilesList, 'profiles', 'list')).profiles).toEqual([]);
  const done = await machine().json(restored, 'restore', at('b.age'));
  expect(done.keys.map((key) => key.outcome)).toEqual(['new', 'new']);
  expect(done.profiles.map((profile) => profile.outcome)).toEqual(['new', 'new', 'new']);
  const after = await machine().json(profilesList, 'profiles', 'list');
  const untested = before.profiles.map((profile) => ({ ...profile, verdict: null, tested_at: null }));
  expect(after).toEqual({ current: null, profiles: untested });
  expect((await machine().varvel('keys', 'reveal', 'two')).stdout).toBe(`${two}\n`);
  const again = await machine().json(restored, 'restore', at('b.age'));
  expect([...again.keys, ...again.profiles].every((row) => row.outcome === 'same')).toBe(true);
  expect(again.current).toBe('second');
  expect((await machine().varvel('restore', at('b.age'))).stderr).toContain('varvel switch second');
});

test('what is here is never replaced; it is listed, and all else comes back', async () => {
  await quickBackup();
  const other = `${idOf(one)}:another-secret`;
  await machine().varvelWith({ input: other }, 'keys', 'add', 'mine', '--stdin');
  await machine().varvel('profiles', 'create', 'second', 'note=mine');
  await machine().varvel('switch', 'second');
  const { stdout, code } = await machine().varvel('restore', at('b.age'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/key\tone\t\tAlready here with another secret/);
  expect(stdout).toMatch(
    /profile\tsecond\tapi\.alpha\.fal\.ai\tA profile with that name is already here, with another key, host, /,
  );
  expect(stdout).toMatch(/key\ttwo\t\trestored/);
  expect((await machine().varvel('keys', 'reveal', idOf(one))).stdout).toBe(`${other}\n`);
  const { current, profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(current).toBe('second');
  expect(profiles.find(({ name }) => name === 'second')).toMatchObject({ key: null });
  expect(profiles.find(({ name }) => name === 'first')).toMatchObject({ key: idOf(one) });
});

test('a key that lost its secret here gets it back, and keeps the alias it has here', async () => {
  await quickBackup();
  await machine().varvelWith({ input: one }, 'keys', 'add', 'mine', '--stdin');
  execFileSync('secret-tool', ['clear', 'account', secretName.key(idOf(one))], { env: machine().env });
  const { keys } = await machine().json(restored, 'restore', at('b.age'));
  expect(keys.find(({ id }) => id === idOf(one))).toMatchObject({ alias: 'mine', outcome: 'new' });
  expect((await machine().varvel('keys', 'reveal', 'mine')).stdout).toBe(`${one}\n`);
});

test('a profile for a host that isn’t fal’s is shown with it, and restored only when that is allowed', async () => {
  await fill();
  await machine().varvel('profiles', 'set', 'first', 'host=api.example.com');
  await backUp(at('b.age'));
  machine().env.VARVEL_HOME = at('other');
  const { stdout } = await machine().varvel('restore', at('b.age'));
  expect(stdout).toMatch(/profile\tfirst\tapi\.example\.com\tIts host api\.example\.com isn’t fal’s/);
  const names = async () =>
    (await machine().json(profilesList, 'profiles', 'list')).profiles.map((p) => p.name);
  expect(await names()).toEqual(['bare', 'second']);
  const { VARVEL_PASSPHRASE: _, ...env } = machine().env;
  const restore = `${varvelProgram} restore '${at('b.age')}'`;
  const screen = await typed(restore, [passphrase, 'no'], env);
  expect(screen).toMatch(/sends its key to api\.example\.com/);
  expect(await names()).toEqual(['bare', 'second']);
  expect(await machine().varvel('restore', at('b.age'), '--allow-hosts')).toMatchObject({ code: 0 });
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles.find(({ name }) => name === 'first')).toMatchObject({
    host: 'api.example.com',
    key: idOf(one),
  });
});

test('the log tells of backups and restores', async () => {
  await fill();
  await backUp(at('b.age'));
  await machine().varvel('restore', at('b.age'));
  const { activity } = await machine().json(log, 'activity');
  expect(activity.slice(0, 2)).toMatchObject([
    { kind: 'restored', detail: '0 keys, 0 profiles' },
    { kind: 'backed_up', detail: '2 keys, 3 profiles' },
  ]);
});

test('`age -d` opens a backup with its passphrase, and finds whole keys in it', async () => {
  await fill();
  await backUp(at('b.age'));
  await typed(`age -d -o '${at('plain')}' '${at('b.age')}'`, [passphrase]);
  const document: unknown = JSON.parse(readFileSync(at('plain'), 'utf8'));
  expect(document).toMatchObject({ varvel_backup: 1, keys: [{ key: one }, { key: two }] });
  expect(readFileSync(at('b.age'), 'latin1')).not.toContain(two.split(':')[1]);
});

test('on a terminal the passphrase is asked for twice, and again to restore', async () => {
  await fill();
  const { VARVEL_PASSPHRASE: _, ...env } = machine().env;
  const screen = await typed(`${varvelProgram} backup '${at('b.age')}'`, [passphrase, passphrase], env);
  expect(screen).toMatch(/New passphrase: /);
  expect(screen).not.toContain(passphrase);
  const wrong = { env: { VARVEL_PASSPHRASE: 'wrong' } };
  expectFailure(
    await machine().varvelWith(wrong, 'restore', at('b.age')),
    5,
    /Wrong passphrase/,
    /VARVEL_PASSPHRASE/,
  );
  machine().env.VARVEL_HOME = at('other');
  await typed(`${varvelProgram} restore '${at('b.age')}'`, [passphrase], {
    ...env,
    VARVEL_HOME: at('other'),
  });
  expect((await machine().varvel('keys', 'reveal', 'two')).stdout).toBe(`${two}\n`);
});

test('without a terminal and a passphrase it is the backup that asks for one, and nothing is written', async () => {
  await fill();
  const { VARVEL_PASSPHRASE: _, ...env } = machine().env;
  const backup = await run('setsid', ['-w', varvelProgram, 'backup', at('b.age')], { env });
  expectFailure(backup, 5, /backup needs a passphrase/, /VARVEL_PASSPHRASE/);
  expect(existsSync(at('b.age'))).toBe(false);
});

test('a backup that is there stays, unless --force says otherwise, and another file in any case', async () => {
  await fill();
  expect(await backUp(at('old.age'))).toMatchObject({ code: 0 });
  const old = readFileSync(at('old.age'));
  expectFailure(await backUp(at('old.age')), 8, /already exists/, /--force/);
  expect(readFileSync(at('old.age'))).toEqual(old);
  expect(await backUp(at('old.age'), '--force')).toMatchObject({ code: 0 });
  expect(readFileSync(at('old.age'))).not.toEqual(old);
  writeFileSync(at('letter.txt'), 'dear fal');
  // somebody's own, for a recipient
  for (const [name, text] of [
    ['own.age', 'age-encryption.org/v1\n-> X25519 abc\n'],
    ['armored.age', '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n'],
  ] as const) {
    writeFileSync(at(name), text);
    expectFailure(await backUp(at(name), '--force'), 8, /isn’t a backup/, /Choose another file/);
    expect(readFileSync(at(name), 'utf8')).toBe(text);
  }
  for (const force of [[], ['--force']])
    expectFailure(await backUp(at('letter.txt'), ...force), 8, /isn’t a backup/, /Choose another file/);
  expect(readFileSync(at('letter.txt'), 'utf8')).toBe('dear fal');
  expectFailure(await backUp(at('no/such/folder.age')), 4, /Folder .*no\/such doesn’t exist/, /./);
  expectFailure(await backUp(machine().root), 2, /folder/, /./);
});

test('nothing is written over Varvel’s own files, by whatever way they are named', async () => {
  await fill();
  symlinkSync(machine().data, at('link'));
  mkdirSync(join(machine().data, 'vault'));
  const other = { env: { VARVEL_HOME: at('other'), VARVEL_VAULT: 'file', VARVEL_PASSPHRASE: passphrase } };
  await machine().varvelWith({ ...other, input: one }, 'keys', 'add', '--stdin');
  const ofOther = at('other/sandbox/vault/identity.age');
  const identity = readFileSync(ofOther);
  expectFailure(await backUp(ofOther, '--force'), 2, /own data/, /Use another/);
  expect(readFileSync(ofOther)).toEqual(identity);
  const before = await machine().varvel('keys', 'list');
  for (const name of ['state.db', 'current', 'new.age', 'vault/identity.age'])
    for (const folder of [machine().data, at('link')]) {
      expectFailure(await backUp(join(folder, name), '--force'), 2, /own data|own database/, /Use another/);
      expectFailure(
        await machine().varvel('export', join(folder, name), '-p', 'studio', '--force'),
        2,
        /own data|own database/,
        /Use another/,
      );
    }
  expect(await machine().varvel('keys', 'list')).toMatchObject({ code: 0, stdout: before.stdout });
  expect((await machine().varvel('doctor', '--offline')).stdout).toMatch(/✓ vault/);
});

test('what is no backup, is damaged, or is of another environment is refused, and nothing changes', async () => {
  await quickBackup();
  const bytes = readFileSync(at('b.age'));
  writeFileSync(at('cut.age'), bytes.subarray(0, bytes.length - 40));
  const flipped = Buffer.from(bytes);
  flipped[bytes.length - 20] = (flipped[bytes.length - 20] ?? 0) ^ 1;
  writeFileSync(at('flipped.age'), flipped);
  writeFileSync(at('text.age'), 'age-encryption.org, I think');
  // an age file under the same passphrase that holds something else
  writeFileSync(at('plain'), 'dear fal');
  await typed(`age -p -o '${at('letter.age')}' '${at('plain')}'`, [passphrase, passphrase]);
  // a backup of nobody's: a time that no Date can hold, and a key twice
  const key = { id: 'a', alias: null, scope: null, account: null, created_at: 1, key: 'a:b' };
  const document = { varvel_backup: 1, made_at: '', environment: 'sandbox', current: null, profiles: [] };
  for (const [name, keys] of [
    ['date.age', [{ ...key, created_at: 9e15 }]],
    ['twice.age', [key, { ...key, key: 'a:c' }]],
  ] as const)
    writeFileSync(at(name), await sealUnderPassphrase(JSON.stringify({ ...document, keys }), passphrase, 10));
  for (const [name, why] of [
    ['date.age', /not a Varvel backup/],
    ['twice.age', /not a Varvel backup/],
    ['cut.age', /damaged/],
    ['flipped.age', /damaged/],
    ['text.age', /not an age file/],
    ['letter.age', /not a Varvel backup/],
  ] as const) {
    expectFailure(await machine().varvel('restore', at(name)), 2, why, /right file/);
  }
  expectFailure(await machine().varvel('restore', at('none.age')), 4, /File .* doesn’t exist/, /backup/);
  expectFailure(await machine().varvel('restore', '/dev/zero'), 2, /too large/, /./);
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles).toEqual([]);
  const environment: unknown = JSON.parse(readFileSync(machine().sandbox.environmentPath, 'utf8'));
  writeFileSync(
    at('elsewhere.json'),
    JSON.stringify({ ...z.looseObject({}).parse(environment), name: 'elsewhere' }),
  );
  const there = { env: { VARVEL_ENVIRONMENT: at('elsewhere.json') } };
  expectFailure(
    await machine().varvelWith(there, 'restore', at('b.age')),
    8,
    /backup of the environment “sandbox”/,
    /VARVEL_ENVIRONMENT/,
  );
});

test('a restore that is killed anywhere is finished by the next one', async () => {
  await quickBackup();
  for (const afterMs of [60, 90, 120, 150, 180, 210, 240, 300]) {
    const child = spawn(varvelProgram, ['restore', at('b.age')], { env: machine().env, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    await ended;
    clearTimeout(timer);
  }
  expect(await machine().varvel('restore', at('b.age'))).toMatchObject({ code: 0 });
  const { current, profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(current).toBeNull();
  expect(profiles.map(({ name, key }) => [name, key])).toEqual([
    ['bare', null],
    ['first', idOf(one)],
    ['second', idOf(two)],
  ]);
  expect(await machine().varvel('doctor', '--offline')).toMatchObject({ code: 0 });
});

test('a key whose secret is not in the vault is named, and the rest is backed up', async () => {
  await fill();
  await backUp(at('full.age'));
  const full = readFileSync(at('full.age'));
  const { env } = machine();
  execFileSync('secret-tool', ['clear', 'account', secretName.key(idOf(one))], { env });
  // the one from before may be the last that has it
  expectFailure(
    await backUp(at('full.age'), '--force'),
    8,
    new RegExp(`not replaced.*${idOf(one)}`),
    /another file/,
  );
  expect(readFileSync(at('full.age'))).toEqual(full);
  const ended = await backUp(at('b.age'));
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stderr).toContain(idOf(one));
  machine().env.VARVEL_HOME = at('other');
  const { stdout } = await machine().varvel('restore', at('b.age'));
  expect(stdout).toMatch(/key\tone\t\tThe backup doesn’t have its secret/);
  expect((await machine().varvel('keys', 'reveal', 'two')).stdout).toBe(`${two}\n`);
});

test('without its vault nothing is written', async () => {
  await fill();
  const none = { env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${at('no-bus')}` } };
  expectFailure(await machine().varvelWith(none, 'backup', at('b.age')), 5, /./, /./);
  expect(existsSync(at('b.age'))).toBe(false);
});
