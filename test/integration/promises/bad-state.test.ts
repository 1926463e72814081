import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { errorOf, expectFailure, profilesList } from '../cli/contract.ts';
import { type Machine, newMachine } from '../cli/machine.ts';
import { run, varvelProgram } from '../cli/program.ts';
import { keyOf, keysOf } from '../sandbox/running.ts';

const machine = newMachine({ vault: 'file' });

/** Mounts of a command's own, which vanish with it: as root, or where user namespaces are allowed. */
const namespaces = [
  ['unshare', '-m'],
  ['unshare', '-Urm'],
].find(([command = '', ...flags]) => {
  try {
    execFileSync(command, [...flags, 'sh', '-c', 'mount -t tmpfs none /mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});
const noMounts = !namespaces;
if (noMounts)
  console.warn('SKIPPED: this system allows no mounts, so no disk is filled or made read-only here.');

/** Runs the program where VARVEL_HOME is mounted in another way. */
const onMount = (mount: string, ...args: string[]) => {
  const [command = '', ...flags] = namespaces ?? [];
  const { env, home } = machine();
  return run(command, [...flags, 'sh', '-c', `${mount} && exec "$@"`, home, varvelProgram, ...args], { env });
};

/** The same files on a small disk with no room left. */
const fullDisk = [
  'rm -rf "$0.copy"',
  'cp -a "$0" "$0.copy"',
  'mount -t tmpfs -o size=700k,mode=700 none "$0"',
  'cp -a "$0.copy/." "$0/"',
  '(head -c 9000000 /dev/zero > "$0/other" 2>/dev/null || true)',
].join(' && ');

const readOnly = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"';

/** A profile `p` with a key. */
async function furnish({ varvelWith, sandbox }: Machine): Promise<string> {
  const key = await keyOf(sandbox, 'falconers', 'API');
  const added = await varvelWith({ input: key.key }, 'keys', 'add', 'bots', '--stdin', '-p', 'p');
  expect(added.code).toBe(0);
  return key.key;
}

const stateFile = () => join(machine().data, 'state.db');

test('a database of a newer Varvel is refused, left as it is, and nothing is lost', async () => {
  await furnish(machine());
  const database = new DatabaseSync(stateFile());
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA user_version = 9999');
  database.close();
  const before = readFileSync(stateFile());
  expectFailure(await machine().varvel('profiles', 'list'), 1, /newer/, /.+/);
  const ended = await machine().varvel('switch', 'p', '--json');
  expect(ended.code).toBe(1);
  expect(errorOf(ended).code).toBe('state_newer');
  expect(readFileSync(stateFile()).equals(before)).toBe(true);
});

test('a damaged database is set aside byte for byte, said so, and doctor brings the keys back', async () => {
  const key = await furnish(machine());
  const damaged = Buffer.from('this is no database at all\n'.repeat(400));
  for (const name of readdirSync(machine().data)) {
    if (name.startsWith('state.db-')) writeFileSync(join(machine().data, name), '');
  }
  writeFileSync(stateFile(), damaged);
  const ended = await machine().varvel('profiles', 'list');
  expectFailure(ended, 1, /is damaged. It was moved to/, /varvel doctor/);
  const aside = readdirSync(machine().data).filter((name) => /damaged-\d{4}-\d\d-\d\d$/.test(name));
  expect(aside).toHaveLength(1);
  expect(readFileSync(join(machine().data, aside[0] ?? '')).equals(damaged)).toBe(true);
  expect(ended.stderr).toContain(aside[0]);
  // the next command starts anew, and the secret is still in the vault
  expect(await machine().json(profilesList, 'profiles', 'list')).toEqual({ current: null, profiles: [] });
  const doctor = await machine().varvel('doctor');
  expect(doctor.stdout).toMatch(/Recovered 1 key from the vault/);
  const { stdout } = await machine().varvel('keys', 'reveal', key.split(':')[0] ?? '');
  expect(stdout).toBe(`${key}\n`);
});

test('a damaged database with --json is one error document', async () => {
  await furnish(machine());
  for (const name of readdirSync(machine().data)) {
    if (name.startsWith('state.db')) writeFileSync(join(machine().data, name), 'x'.repeat(5000));
  }
  const ended = await machine().varvel('current', '--json');
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(errorOf(ended).code).toBe('state_corrupt');
});

test.skipIf(noMounts)(
  'on a full disk nothing is half done: exit 1, the words for it, and all is as before',
  async () => {
    const key = await furnish(machine());
    const ended = await onMount(fullDisk, 'profiles', 'create', 'another');
    expectFailure(ended, 1, /disk is full/, /Free some space/);
    const json = await onMount(fullDisk, 'profiles', 'create', 'another', '--json');
    expect(errorOf(json).code).toBe('storage_full');
    expect((await machine().varvel('keys', 'reveal', 'bots')).stdout).toBe(`${key}\n`);
  },
);

test.skipIf(noMounts)(
  'a key is not made at fal when the disk has no room for its secret, or its secret is shown',
  async () => {
    await machine().signIn('ada', 'github');
    const before = (await keysOf(machine().sandbox)).length;
    const ended = await onMount(fullDisk, 'keys', 'create', 'bots');
    expect(ended.code).not.toBe(0);
    const made = (await keysOf(machine().sandbox)).find(({ alias }) => alias === 'bots');
    if (made) expect(ended.stdout).toContain(made.key);
    else expect((await keysOf(machine().sandbox)).length).toBe(before);
  },
);

test.skipIf(noMounts)('a read-only home can be read; writing says why not and where else to go', async () => {
  const key = await furnish(machine());
  const list = await onMount(readOnly, 'profiles', 'list', '--json');
  expect(profilesList.parse(JSON.parse(list.stdout)).profiles).toHaveLength(1);
  expect((await onMount(readOnly, 'current')).code).toBe(0);
  expectFailure(await onMount(readOnly, 'switch', 'p'), 1, /read-only/, /VARVEL_HOME/);
  expect(errorOf(await onMount(readOnly, 'switch', 'p', '--json')).code).toBe('storage_read_only');
  const env = await onMount(readOnly, 'env', 'p');
  expect(env.stdout).toContain(key);
});

test.skipIf(noMounts)(
  'a key is not made at fal when the home is read-only, or its secret is shown',
  async () => {
    await machine().signIn('ada', 'github');
    const ended = await onMount(readOnly, 'keys', 'create', 'bots');
    expect(ended.code).not.toBe(0);
    const made = (await keysOf(machine().sandbox)).find(({ alias }) => alias === 'bots');
    if (made) expect(ended.stdout).toContain(made.key);
  },
);

test('a home that is a file, or stands below one, is a wrong use and says which', async () => {
  const file = join(machine().root, 'a-file');
  writeFileSync(file, 'mine');
  for (const home of [file, join(file, 'below')]) {
    const ended = await machine().varvelWith({ env: { VARVEL_HOME: home } }, 'profiles', 'list');
    expectFailure(ended, 2, /Varvel can’t use/, /VARVEL_HOME/);
  }
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test.each([
  ['that is not there', null, 4, /can’t be read/],
  ['that is not JSON', 'nonsense', 2, /not JSON/],
  [
    'with plain http to another machine',
    '{"name":"x","issuer":"http://example.com/"}',
    2,
    /issuer must be an https URL/,
  ],
])('an environment file %s is refused before anything is made', async (_, content, code, message) => {
  const path = join(machine().root, 'other-environment.json');
  if (content !== null) writeFileSync(path, content);
  const ended = await machine().varvelWith({ env: { VARVEL_ENVIRONMENT: path } }, 'accounts', 'list');
  expectFailure(ended, code, message, /sandbox/);
});
