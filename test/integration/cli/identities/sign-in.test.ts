import { expect, test } from 'vitest';
import { ask } from '../../sandbox/running.ts';
import { accountsList, errorOf, expectFailure, whoami } from '../contract.ts';
import { newMachine } from '../machine.ts';
import type { Running } from '../program.ts';

const machine = newMachine();

/** Starts a device sign-in and waits for its code. */
async function begin(...more: string[]): Promise<{ login: Running; code: string; url: string }> {
  const login = machine().start({}, 'login', '--flow', 'device', '--no-browser', ...more);
  const [, code = ''] = await login.says(/Code: (\S+)/);
  const [, url = ''] = await login.says(/(http:\/\/\S+)\n/);
  return { login, code, url };
}

test('a confirmed code signs in, says so on stderr, and the accounts are there; a pipe gets address and code', async () => {
  const { login, code, url } = await begin('--connection', 'github');
  expect(url).toContain('/api/auth/cli/session-seed?');
  expect(new URL(url).searchParams.get('user_code')).toBe(code);
  expect(new URL(url).searchParams.get('connection')).toBe('github');
  await machine().control('approve', { user_code: code, person: 'ada' });
  const ended = await login.ended;
  expect(ended).toMatchObject({ code: 0, stdout: `${url}\n${code}\n` });
  expect(ended.stderr).toContain('Signed in as Ada Lovelace <ada@example.com>.');
  const { identities } = await machine().json(whoami, 'whoami');
  expect(identities).toMatchObject([
    { email: 'ada@example.com', name: 'Ada Lovelace', connection: 'github' },
  ]);
  const { accounts } = await machine().json(accountsList, 'accounts', 'list');
  expect(accounts.map(({ nickname }) => nickname)).toEqual(['ada', 'falconers', 'mews', 'night-shift']);
});

test('with --json the sign-in prints who came in as one document', async () => {
  const { login, code } = await begin('--connection', 'google', '--json');
  await machine().control('approve', { user_code: code, person: 'grace' });
  const { stdout, code: exit } = await login.ended;
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    identity: { email: 'grace@example.org', connection: 'google' },
  });
});

test('without a connection the page lets another user be chosen, and the method is not guessed', async () => {
  const { login, code, url } = await begin();
  expect(new URL(url).pathname).toBe('/v2/logout');
  expect(new URL(url).searchParams.get('returnTo')).toContain(code);
  await machine().control('approve', { user_code: code, person: 'ada' });
  expect(await login.ended).toMatchObject({ code: 0 });
  const { identities } = await machine().json(whoami, 'whoami');
  expect(identities).toMatchObject([{ connection: null }]);
});

test('a sign-in that is denied in the browser exits with 7 and signs nobody in', async () => {
  const { login, code } = await begin('--connection', 'github');
  await machine().control('deny', { user_code: code });
  expectFailure(await login.ended, 7, /denied in the browser/, /varvel login/, /^http/);
  expect((await machine().varvel('whoami')).code).toBe(3);
});

test('a code that expires exits with 7, with --json as one error document', async () => {
  const { login, code } = await begin('--connection', 'github', '--json');
  await machine().control('expire', { user_code: code });
  const ended = await login.ended;
  expect(ended).toMatchObject({ code: 7, stdout: '' });
  const last = ended.stderr.trimEnd().split('\n').at(-1) ?? '';
  expect(errorOf({ ...ended, stderr: last })).toMatchObject({ code: 'refused' });
});

test('a method that is none is refused before fal is asked', async () => {
  const ended = await machine().varvel('login', '--connection', 'my company', '--no-browser');
  expectFailure(ended, 2, /“my company” is not a sign-in method/, /github, google/);
  expect((await ask(`${machine().sandbox.control}/requests`)).body).toEqual({ requests: [] });
});

test('a flow that does not exist is refused with those that do', async () => {
  expectFailure(
    await machine().varvel('login', '--flow', 'magic'),
    2,
    /“magic” is not a valid value/,
    /device/,
  );
});

test('the second sign-in takes the method used last, and --choose does not', async () => {
  await machine().signIn('ada', 'github');
  const again = await begin();
  expect(again.login.said().stderr).toContain('Signing in with github, like last time');
  expect(new URL(again.url).searchParams.get('connection')).toBe('github');
  again.login.process.kill('SIGINT');
  expect(await again.login.ended).toMatchObject({ code: 130 });
  const choosing = await begin('--choose');
  expect(new URL(choosing.url).pathname).toBe('/v2/logout');
  choosing.login.process.kill('SIGINT');
  await choosing.login.ended;
});

test('Ctrl-C while waiting for the browser ends the sign-in with 130 and signs nobody in', async () => {
  const { login } = await begin('--connection', 'github');
  login.process.kill('SIGINT');
  const ended = await login.ended;
  expectFailure(ended, 130, /cancelled/, /varvel login/, /^http/);
  expect((await machine().varvel('whoami')).code).toBe(3);
});

test('a server that fails for a moment while waiting does not end the sign-in', async () => {
  await machine().control('faults', { target: 'signin', kind: 'drop', path: '/oauth/token', times: 1 });
  const { login, code } = await begin('--connection', 'github');
  await machine().control('approve', { user_code: code, person: 'ada' });
  expect(await login.ended).toMatchObject({ code: 0 });
});

test('signing in again renews the session of the same identity', async () => {
  await machine().signIn('ada', 'github');
  await machine().signIn('ada', 'google');
  const { identities } = await machine().json(whoami, 'whoami');
  expect(identities).toMatchObject([{ email: 'ada@example.com', connection: 'google' }]);
});
