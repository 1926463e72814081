import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, keyOf } from '../../sandbox/running.ts';
import { errorOf, expectFailure, keysList, madeKey, profilesList } from '../contract.ts';
import { newMachine } from '../machine.ts';
import { requestsOf } from '../requests.ts';

const machine = newMachine();
const key = () => keyOf(machine().sandbox, 'falconers', 'API');

test('a key from standard input is kept, asked about, and a profile points at it', async () => {
  const { key: text, key_id } = await key();
  const added = await machine().varvelWith(
    { input: `  ${text}\n` },
    ...['keys', 'add', 'client', '--stdin', '--profile', 'work'],
  );
  expect(added).toMatchObject({ code: 0, stdout: `${key_id}\n` });
  expect(added.stderr).toContain('Profile “work” uses it.');
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles).toMatchObject([
    { name: 'work', key: key_id, account: 'falconers', scope: 'API', verdict: 'valid' },
  ]);
  expect((await machine().varvel('keys', 'reveal', 'client')).stdout).toBe(`${text}\n`);
});

const followed = 'The key belongs to ada. Profile “client” now uses that account, not falconers.';

test('a profile follows the account of its key, also one that becomes known later, and that is said', async () => {
  await machine().signIn('ada', 'github');
  await machine().varvel('profiles', 'create', 'client', 'account=falconers');
  const { key: text, key_id } = await keyOf(machine().sandbox, 'ada', 'API');
  for (const target of ['platform', 'rest']) await machine().control('faults', { target, kind: 'drop' });
  const added = await machine().varvelWith({ input: text }, 'keys', 'add', '--stdin', '-p', 'client');
  expect(added.code).toBe(0);
  expect(added.stderr).not.toContain('belongs to');
  await ask(`${machine().sandbox.control}/faults`, { method: 'DELETE' });
  const tested = await machine().varvel('keys', 'test', 'client');
  expect(tested).toMatchObject({ code: 0, stderr: `warning: ${followed}\n` });
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles).toMatchObject([{ name: 'client', key: key_id, account: 'ada' }]);

  await machine().varvel('profiles', 'delete', 'client');
  await machine().varvel('profiles', 'create', 'client', 'account=falconers');
  const again = await machine().varvelWith({ input: text }, 'keys', 'add', '--stdin', '-p', 'client');
  expect(again.stderr).toContain(`warning: ${followed}`);
});

test('a key is read from FAL_KEY, or from FAL_KEY_ID and FAL_KEY_SECRET', async () => {
  const { key: text, key_id, key_secret } = await key();
  const first = await machine().varvelWith({ env: { FAL_KEY: text } }, 'keys', 'add', '--from-env', '--json');
  expect(madeKey.parse(JSON.parse(first.stdout))).toMatchObject({ id: key_id, account: 'falconers' });
  const halves = { FAL_KEY_ID: key_id, FAL_KEY_SECRET: key_secret };
  const again = await machine().varvelWith({ env: halves }, 'keys', 'add', '--from-env');
  expect(again).toMatchObject({ code: 0, stdout: `${key_id}\n` });
  expect(again.stderr).toContain('already in the vault');
  expectFailure(await machine().varvel('keys', 'add', '--from-env'), 4, /FAL_KEY is not set/, /--stdin/);
});

test.each([
  ['plain', (text: string) => `FAL_KEY=${text}\n`],
  [
    'quoted, exported, with a comment and Windows line ends',
    (text: string) => `# mine\r\nexport FAL_KEY="${text}"\r\n`,
  ],
  ['alone in a file', (text: string) => `\n${text}\n`],
  ['among others', (text: string) => `A=1\nFAL_KEY='${text}' # live\nB=2\n`],
])('a key is read from a file: %s', async (_, content) => {
  const { key: text, key_id } = await key();
  const file = join(machine().root, 'settings.env');
  await writeFile(file, content(text));
  const added = await machine().varvel('keys', 'add', '--from-file', file);
  expect(added).toMatchObject({ code: 0, stdout: `${key_id}\n` });
  expect((await machine().varvel('keys', 'reveal', key_id)).stdout).toBe(`${text}\n`);
});

test.each([
  ['a line of an env file', (text: string) => `export FAL_KEY="${text}"\n`],
  ['an unquoted one', (text: string) => `FAL_KEY = ${text}`],
  ['the header that calls have', (text: string) => `Authorization: Key ${text}\n`],
  ['quotes', (text: string) => `"${text}"`],
  ['a line of PowerShell', (text: string) => `$env:FAL_KEY="${text}"\r\n`],
  ['JSON', (text: string) => `  "FAL_KEY": "${text}",\n`],
  ['a command after it', (text: string) => `FAL_KEY=${text} python x.py`],
])('a key may be pasted with %s', async (_, pasted) => {
  const { key: text, key_id } = await key();
  const added = await machine().varvelWith({ input: pasted(text) }, 'keys', 'add', '--stdin');
  expect(added).toMatchObject({ code: 0, stdout: `${key_id}\n` });
  expect((await machine().varvel('keys', 'reveal', key_id)).stdout).toBe(`${text}\n`);
});

test('a key whose halves are swapped is refused, and its secret is kept nowhere', async () => {
  const { key_id, key_secret } = await key();
  const input = `${key_secret}:${key_id}`;
  const ended = await machine().varvelWith({ input }, 'keys', 'add', '--stdin');
  expectFailure(ended, 2, /its id and its secret are swapped/, /KEY_ID:KEY_SECRET/);
  expect(ended.stderr).not.toContain(key_secret);
});

test('a file that is not there or holds no key exits with 4', async () => {
  const file = join(machine().root, 'empty.env');
  await writeFile(file, 'OTHER=1\n');
  expectFailure(await machine().varvel('keys', 'add', '--from-file', file), 4, /has no FAL_KEY/, /FAL_KEY=/);
  expectFailure(
    await machine().varvel('keys', 'add', '--from-file', `${file}.no`),
    4,
    /File .* doesn’t exist/,
    /path/,
  );
});

test('a file without end is not read to its end', async () => {
  expectFailure(
    await machine().varvel('keys', 'add', '--from-file', '/dev/zero'),
    2,
    /too large/,
    /right file/,
  );
});

test('a key given as an argument is refused, and its secret is not repeated', async () => {
  const { key: text, key_secret } = await key();
  for (const args of [[text], [text, '--stdin'], [` ${text} `, '--stdin'], [`FAL_KEY=${text}`, '--stdin']]) {
    const ended = await machine().varvel('keys', 'add', ...args);
    expectFailure(ended, 2, /every program on this machine can read/, /revoke that key/);
    expect(ended.stderr).not.toContain(key_secret);
  }
});

test('a secret that stands where another word belongs is not repeated by the error either', async () => {
  const { key: text, key_secret } = await key();
  for (const args of [
    ['keys', 'add', 'client', text],
    ['keys', 'reveal', text],
    ['keys', 'test', text],
    ['keys', 'revoke', text],
    ['switch', text],
    ['env', text],
    ['profiles', 'create', text],
    ['profiles', 'set', 'p', `key=${text}`],
    ['keys', text],
    [text],
    ['keys', 'create', text],
    ['activity', '--key', text],
    ['keys', 'list', '--account', text],
    ['logout', text],
    ['login', '--connection', text],
    ['run', text, '--', 'true'],
    ['env', '--shell', text],
    ['env', `--${text}`],
    ['completion', text],
    ['vault', 'unlock', '--for', text],
    ['sandbox', '--port', text],
  ]) {
    const { stdout, stderr } = await machine().varvel(...args);
    expect({ args: args.slice(0, -1), said: (stdout + stderr).includes(key_secret) }).toMatchObject({
      said: false,
    });
  }
});

test.each([
  ['nothing', ''],
  ['no colon', 'justonehalf'],
  ['nothing before the colon', ':secret'],
  ['nothing after the colon', 'id:'],
  ['two lines', 'id:secret\nid2:secret2'],
  ['a NUL', 'id:sec\0ret'],
  ['a character outside ASCII', 'id:sécret'],
  ['a control character', 'id:se\x1b[31mcret'],
])('%s is no key: exit 2, and the input is not repeated', async (_, input) => {
  const ended = await machine().varvelWith({ input }, 'keys', 'add', '--stdin');
  expectFailure(ended, 2, /Not a fal key/, /KEY_ID:KEY_SECRET/);
  expect(ended.stderr).not.toMatch(/sec|s\u00e9c|justone/);
  expect(errorOf(await machine().varvelWith({ input }, 'keys', 'add', '--stdin', '--json')).code).toBe(
    'invalid',
  );
});

test('without a terminal the source must be said, and only one', async () => {
  expectFailure(await machine().varvel('keys', 'add'), 2, /No key given/, /--stdin/);
  expectFailure(
    await machine().varvel('keys', 'add', '--stdin', '--from-env'),
    2,
    /Several sources/,
    /one of/,
  );
});

test.each([
  'postgres://shop:hunter2hunter2@db.internal/shop',
  'https://accounts.example.com/reset?token=c0ffee0123456789',
  'ada@example.com:MyBankPassword1',
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a:x-oauth-basic',
  'Authorization: Bearer sk-live-abc',
])('another service’s secret is neither kept nor sent to fal: %s', async (input) => {
  const before = (await requestsOf(machine().sandbox)).length;
  const ended = await machine().varvelWith({ input }, 'keys', 'add', '--stdin');
  expectFailure(ended, 2, /address or another service’s token/, /KEY_ID:KEY_SECRET/);
  expect(ended.stderr).not.toMatch(/hunter2|c0ffee|MyBank|ghp_|sk-live/);
  expect((await requestsOf(machine().sandbox)).slice(before)).toEqual([]);
  expect((await machine().varvel('keys', 'show', input.split(':')[0] ?? '')).code).toBe(4);
});

test('a revoked key is kept with its verdict, and the warning says what it is', async () => {
  const { key: text, key_id } = await key();
  await machine().control('revoke', { key_id });
  const added = await machine().varvelWith({ input: text }, 'keys', 'add', 'old', '--stdin');
  expect(added).toMatchObject({ code: 0, stdout: `${key_id}\n` });
  expect(added.stderr).toMatch(/warning: .*No user found for Key ID and Secret/);
});

test('a key of an unusual form is kept as it is, with a warning', async () => {
  const added = await machine().varvelWith({ input: 'old-id:a:b c' }, 'keys', 'add', 'odd', '--stdin');
  expect(added).toMatchObject({ code: 0, stdout: 'old-id\n' });
  expect(added.stderr).toMatch(/doesn’t look like a usual fal key/);
  expect((await machine().varvel('keys', 'reveal', 'odd')).stdout).toBe('old-id:a:b c\n');
});

test('another secret for an id that is here is a conflict, and the one here stays', async () => {
  const { key: text, key_id } = await key();
  await machine().varvelWith({ input: text }, 'keys', 'add', '--stdin');
  const ended = await machine().varvelWith({ input: `${key_id}:another` }, 'keys', 'add', '--stdin');
  expectFailure(ended, 8, /already here with another secret/, /keys forget/);
  expect((await machine().varvel('keys', 'reveal', key_id)).stdout).toBe(`${text}\n`);
});

test('a key that can’t be asked about now is kept, and the warning says why', async () => {
  const { key: text, key_id } = await key();
  await machine().control('faults', { target: 'platform', kind: 'drop' });
  const added = await machine().varvelWith({ input: text }, 'keys', 'add', '--stdin');
  expect(added).toMatchObject({ code: 0, stdout: `${key_id}\n` });
  expect(added.stderr).toMatch(/warning: .*connection/);
});

test('an ADMIN key alone lists, creates and revokes the API keys of its account', async () => {
  const admin = await keyOf(machine().sandbox, 'falconers', 'ADMIN');
  await machine().varvelWith({ input: admin.key }, 'keys', 'add', 'boss', '--stdin');
  const { keys } = await machine().json(keysList, 'keys', 'list');
  expect(keys.filter(({ remote }) => remote).map(({ account }) => account)).toEqual([
    'falconers',
    'falconers',
  ]);
  const made = await machine().json(
    madeKey,
    'keys',
    'create',
    'bots',
    '--account',
    'falconers',
    '--profile',
    'p',
  );
  expect(made).toMatchObject({ scope: 'API', account: 'falconers', profile: 'p' });
  expectFailure(
    await machine().varvel('keys', 'create', 'more', '--scope', 'ADMIN'),
    3,
    /can only create API keys/,
    /varvel login/,
  );
  expect(await machine().varvel('keys', 'revoke', 'bots', '--yes')).toMatchObject({ code: 0 });
  expect((await machine().varvel('keys', 'reveal', made.id)).code).toBe(4);
});

test('after logout the ADMIN key in the vault still manages its account', async () => {
  await machine().signIn('ada', 'github');
  await machine().varvel('keys', 'create', 'boss', '--scope', 'ADMIN', '--account', 'night-shift');
  await machine().varvel('logout');
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--account', 'night-shift');
  const { keys } = await machine().json(keysList, 'keys', 'list', '--account', 'night-shift');
  expect(keys.find((one) => one.id === id)).toMatchObject({ stored: true, remote: true });
});
