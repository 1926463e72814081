import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/start.ts';
import { keyOf } from '../../sandbox/running.ts';
import { expectFailure, keysTest, madeKey, profilesList } from '../contract.ts';
import { makeMachine, newMachine } from '../machine.ts';
import { requestsOf } from '../requests.ts';

const machine = newMachine();

/** A key of the falconers, kept under the profile `p`. */
async function givenKey(scope: 'API' | 'ADMIN' = 'API'): Promise<string> {
  const key = await keyOf(machine().sandbox, 'falconers', scope);
  const added = await machine().varvelWith({ input: key.key }, 'keys', 'add', 'bots', '--stdin', '-p', 'p');
  expect(added.code).toBe(0);
  return key.key_id;
}

/** The one verdict with its exit code. */
async function verdict(...args: string[]) {
  const { code, stdout } = await machine().varvel('keys', 'test', ...args, '--json');
  const { results } = keysTest.parse(JSON.parse(stdout));
  expect(results).toHaveLength(1);
  return { code, ...results[0] };
}

test('a valid key says its scope, its account and how fast fal answered, by profile or by key', async () => {
  const id = await givenKey();
  for (const name of ['p', 'bots', id, id.slice(0, 8)]) {
    const found = await verdict(name);
    expect(found).toMatchObject({
      code: 0,
      key: id,
      profile: 'p',
      verdict: 'valid',
      scope: 'API',
      account: 'falconers',
    });
    expect(found.latency_ms).toBeGreaterThan(0);
  }
  const { stdout, stderr, code } = await machine().varvel('keys', 'test', 'p');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^valid\tp\tbots\tAPI\tfalconers\t\d+ ms\tWorks for calling models\.\n$/);
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles[0]).toMatchObject({ verdict: 'valid', tested_at: expect.any(String) });
});

test('an ADMIN key is told from an API key', async () => {
  await givenKey('ADMIN');
  expect(await verdict('p')).toMatchObject({ verdict: 'valid', scope: 'ADMIN' });
});

test('a free test calls no model', async () => {
  await givenKey();
  await verdict('p');
  expect((await requestsOf(machine().sandbox)).filter((request) => request.includes('/fal-ai/'))).toEqual([]);
});

test.each([
  [
    'a revoked key is invalid',
    'revoke',
    { verdict: 'invalid', message: /No user found for Key ID and Secret/ },
  ],
  ['a locked account is locked, with fal’s reason', 'lock', { verdict: 'locked', message: /TOP_UP/ }],
])('%s', async (_, what, { verdict: kind, message }) => {
  const id = await givenKey();
  await machine().control(
    what,
    what === 'revoke' ? { key_id: id } : { account: 'falconers', reason: 'TOP_UP.' },
  );
  expect(await verdict('p')).toMatchObject({
    code: 7,
    verdict: kind,
    message: expect.stringMatching(message),
  });
  const { stderr, code } = await machine().varvel('keys', 'test', 'p');
  expect(code).toBe(7);
  expect(stderr).toMatch(/^hint: .+/m);
});

test.each([
  ['401', { kind: 'status', status: 401 }, 'invalid', 7],
  ['403', { kind: 'status', status: 403 }, 'forbidden', 7],
  ['429', { kind: 'status', status: 429 }, 'rate_limited', 7],
  ['500', { kind: 'status', status: 500 }, 'server_error', 7],
  ['503', { kind: 'status', status: 503 }, 'server_error', 7],
  ['a dropped connection', { kind: 'drop' }, 'unreachable', 6],
])('%s from fal gives its own verdict and exit code', async (_, fault, kind, code) => {
  await givenKey();
  await machine().control('faults', { target: 'platform', ...fault });
  const found = await verdict('p');
  expect(found).toMatchObject({ code, verdict: kind, account: 'falconers' });
  if (kind === 'unreachable') expect(found.latency_ms).toBeNull();
});

test('a fault of the other servers that a test asks does not pass for a valid key', async () => {
  await givenKey();
  await machine().control('faults', { target: 'rest', kind: 'status', status: 500 });
  expect(await verdict('p')).toMatchObject({ code: 7, verdict: 'server_error' });
});

test.each([404, 400])('%i for the price of a picture does not make a good key look bad', async (status) => {
  await givenKey('ADMIN');
  await machine().control('faults', {
    target: 'platform',
    kind: 'status',
    status,
    path: '/v1/models/pricing',
  });
  expect(await verdict('p')).toMatchObject({
    code: 0,
    verdict: 'valid',
    scope: 'ADMIN',
    account: 'falconers',
  });
  const { stderr, code } = await machine().varvel('keys', 'test', 'p', '--generate');
  expect(stderr).toMatch(/Price: unknown\./);
  expect(code).toBe(0);
});

test.each([404, 422])('%i for the picture itself is not a verdict on the key', async (status) => {
  await givenKey();
  await machine().control('faults', { target: 'run', kind: 'status', status });
  const ended = await machine().varvel('keys', 'test', 'p', '--generate');
  expectFailure(ended, 7, /refused to generate a picture/, /reason/);
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles[0]).toMatchObject({ verdict: 'valid' });
});

test('a bad key is still invalid when fal has no price', async () => {
  const id = await givenKey();
  await machine().control('revoke', { key_id: id });
  await machine().control('faults', {
    target: 'platform',
    kind: 'status',
    status: 404,
    path: '/v1/models/pricing',
  });
  expect(await verdict('p')).toMatchObject({ code: 7, verdict: 'invalid' });
});

test('a slow answer is waited for and its time said', async () => {
  await givenKey();
  await machine().control('faults', { target: 'platform', kind: 'slow', delay_ms: 700, times: 1 });
  const found = await verdict('p');
  expect(found).toMatchObject({ code: 0, verdict: 'valid' });
  expect(found.latency_ms).toBeGreaterThanOrEqual(700);
});

test('without fal the verdict is unreachable and the exit code 6', async () => {
  const sandbox = await startSandbox();
  await using mine = await makeMachine(sandbox, null);
  const key = await keyOf(sandbox, 'ada', 'API');
  await mine.varvelWith({ input: key.key }, 'keys', 'add', '--stdin', '-p', 'p');
  const { environment } = sandbox;
  await sandbox.close();
  const file = `${mine.root}/environment.json`;
  await writeFile(file, JSON.stringify(environment));
  const { code, stdout } = await mine.varvelWith(
    { env: { VARVEL_ENVIRONMENT: file } },
    'keys',
    'test',
    'p',
    '--json',
  );
  expect(code).toBe(6);
  expect(keysTest.parse(JSON.parse(stdout)).results).toMatchObject([
    { verdict: 'unreachable', latency_ms: null, message: expect.stringContaining('connection refused') },
  ]);
});

test('keys test --all gives every key its verdict; one that fails does not hide the others', async () => {
  const id = await givenKey();
  const ada = await keyOf(machine().sandbox, 'ada', 'API');
  const grace = await keyOf(machine().sandbox, 'night-shift', 'API');
  for (const { key } of [ada, grace]) await machine().varvelWith({ input: key }, 'keys', 'add', '--stdin');
  await machine().control('revoke', { key_id: ada.key_id });
  const { code, stdout } = await machine().varvel('keys', 'test', '--all', '--json');
  expect(code).toBe(7);
  const found = Object.fromEntries(
    keysTest
      .parse(JSON.parse(stdout))
      .results.map(({ key, verdict: kind, profile }) => [key, [kind, profile]]),
  );
  expect(found).toEqual({
    [id]: ['valid', 'p'],
    [ada.key_id]: ['invalid', null],
    [grace.key_id]: ['valid', null],
  });
});

test('without a name the profile in force is tested', async () => {
  await givenKey();
  expectFailure(await machine().varvel('keys', 'test'), 4, /No current profile/, /varvel switch/);
  await machine().varvel('switch', 'p');
  expect(await verdict()).toMatchObject({ code: 0, profile: 'p' });
});

test('what is neither a key nor a profile exits with 4, with the nearest name', async () => {
  await givenKey();
  expectFailure(await machine().varvel('keys', 'test', 'bost'), 4, /“bost”/, /Did you mean “bots”\?/);
  await machine().varvel('profiles', 'create', 'empty');
  expectFailure(await machine().varvel('keys', 'test', 'empty'), 4, /has no key/, /profiles set empty key=/);
  expectFailure(await machine().varvel('keys', 'test', 'p', '--all'), 2, /--all/, /./);
});

test('nothing to test exits with 4', async () => {
  expectFailure(await machine().varvel('keys', 'test', '--all'), 4, /No keys to test/, /keys create/);
});

test('--generate says its price before it spends, and prints the picture’s URL', async () => {
  await givenKey();
  const { code, stdout, stderr } = await machine().varvel('keys', 'test', 'p', '--generate');
  expect(code).toBe(0);
  expect(stderr).toMatch(/Price: \$[\d.]+ per \w+/);
  const url = stdout.trimEnd().split('\n').at(-1) ?? '';
  const picture = await fetch(url);
  expect(picture.headers.get('content-type')).toMatch(/^image\//);
  const json = await machine().varvel('keys', 'test', 'p', '--generate', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    results: [{ verdict: 'valid', image_url: expect.stringMatching(/^http/) }],
  });
});

test('--generate with a key that fails the free test spends nothing', async () => {
  await givenKey();
  await machine().control('lock', {
    account: 'falconers',
    reason: 'Admin lock. Please contact support@fal.ai',
  });
  const { code, stderr } = await machine().varvel('keys', 'test', 'p', '--generate');
  expect(code).toBe(7);
  expect(stderr).not.toContain('Price');
  expect((await requestsOf(machine().sandbox)).filter((request) => request.includes('/fal-ai/'))).toEqual([]);
});

test('Ctrl-C ends a test with 130', async () => {
  await givenKey();
  await machine().control('faults', { target: 'platform', kind: 'slow', delay_ms: 60_000 });
  const running = machine().start({}, 'keys', 'test', 'p');
  for (;;)
    if ((await requestsOf(machine().sandbox)).filter((request) => request.includes('/pricing')).length > 1)
      break;
  running.process.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
});

test('a key whose secret is in the other vault says so, and doesn’t stop a batch', async () => {
  const { id } = madeKey.parse({
    id: await givenKey(),
    alias: null,
    scope: null,
    account: null,
    profile: null,
  });
  await using other = await makeMachine(machine().sandbox, null);
  const { code, stdout } = await machine().varvelWith(
    { env: { VARVEL_VAULT: 'file', VARVEL_PASSPHRASE: other.env.VARVEL_PASSPHRASE } },
    ...['keys', 'test', '--all', '--json'],
  );
  expect(code).toBe(6);
  expect(keysTest.parse(JSON.parse(stdout)).results).toMatchObject([
    { key: id, verdict: 'unreachable', message: expect.stringContaining('in the keychain') },
  ]);
});
