import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { secretName } from '../../../../core/ports.ts';
import { openVault } from '../../../../platform/vault/open-vault.ts';
import { refresh } from '../../sandbox/sign-in.ts';
import { accountsList, errorOf, expectFailure, whoami } from '../contract.ts';
import { makeMachine, newMachine } from '../machine.ts';
import { requestsOf } from '../requests.ts';

const machine = newMachine();

test('several identities are signed in at once, and their accounts stand in one list', async () => {
  await machine().signIn('ada', 'github');
  await machine().signIn('grace', 'google');
  const { identities } = await machine().json(whoami, 'whoami');
  expect(identities.map(({ email }) => email).sort()).toEqual(['ada@example.com', 'grace@example.org']);
  const { accounts } = await machine().json(accountsList, 'accounts', 'list');
  // personal first, then by nickname
  expect(accounts.map(({ nickname }) => nickname)).toEqual([
    'ada',
    'grace',
    'falconers',
    'mews',
    'night-shift',
  ]);
});

test('SSO with the e-mail of a social sign-in is another user, and that is said', async () => {
  await machine().signIn('ada', 'github');
  const { stderr } = await machine().signIn('ada-sso', 'example.com');
  expect(stderr).toMatch(/warning: ada@example\.com is also signed in with GitHub.*two users/);
  const { identities } = await machine().json(whoami, 'whoami');
  expect(identities).toHaveLength(2);
  const { accounts } = await machine().json(accountsList, 'accounts', 'list');
  expect(accounts.map(({ nickname }) => nickname)).toContain('ada-example');
  // reached by both: it stands once for each
  expect(accounts.filter(({ nickname }) => nickname === 'falconers')).toHaveLength(2);
});

test('GitHub and Google with one e-mail are one user: no warning, one identity', async () => {
  await machine().signIn('ada', 'github');
  const { stderr } = await machine().signIn('ada', 'google');
  expect(stderr).not.toContain('warning');
  expect((await machine().json(whoami, 'whoami')).identities).toHaveLength(1);
});

test('accounts have their kinds, a locked one its reason, and an archived one is not shown', async () => {
  await machine().signIn('ada', 'github');
  await machine().signIn('grace', 'google');
  const { accounts } = await machine().json(accountsList, 'accounts', 'list');
  const kinds = Object.fromEntries(accounts.map(({ nickname, kind }) => [nickname, kind]));
  expect(kinds).toEqual({
    ada: 'personal',
    grace: 'personal',
    falconers: 'team',
    mews: 'organization',
    'night-shift': 'team',
  });
  expect(accounts.find(({ nickname }) => nickname === 'grace')?.locked).toContain('Exhausted balance');
  expect(accounts.find(({ nickname }) => nickname === 'ada')?.locked).toBeNull();
  const { stdout } = await machine().varvel('accounts', 'list');
  expect(stdout).toMatch(/^grace\t.*locked: Exhausted balance/m);
  expect(stdout).not.toContain('archived');
});

test('nobody signed in exits with 3, as do the commands that need a sign-in', async () => {
  for (const args of [
    ['whoami'],
    ['accounts', 'list'],
    ['keys', 'list'],
    ['keys', 'create', 'a'],
    ['logout'],
  ]) {
    expectFailure(await machine().varvel(...args), 3, /Nobody is signed in/, /.+/);
  }
  // a list is a list when it is empty
  expect(await machine().json(whoami, 'whoami')).toEqual({ identities: [] });
});

test('logout revokes the session at fal and forgets it here', async () => {
  await machine().signIn('ada', 'github');
  const { stderr, code, stdout } = await machine().varvel('logout');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain('Signed out Ada Lovelace <ada@example.com>.');
  expect(await requestsOf(machine().sandbox)).toContain('POST /oauth/revoke');
  expect((await machine().varvel('whoami')).code).toBe(3);
  expect((await machine().varvel('accounts', 'list')).code).toBe(3);
});

test('logout of one leaves the others; which one must be said when there are several', async () => {
  await machine().signIn('ada', 'github');
  await machine().signIn('ada-sso', 'example.com');
  await machine().signIn('grace', 'google');
  expectFailure(await machine().varvel('logout'), 2, /3 identities are signed in/, /--all/);
  expectFailure(await machine().varvel('logout', 'ada@example.com'), 2, /Several identities match/, /id/);
  expectFailure(
    await machine().varvel('logout', 'grace@example.og'),
    4,
    /No identity matches/,
    /grace@example\.org/,
  );
  expect(await machine().varvel('logout', 'grace@example.org')).toMatchObject({ code: 0 });
  expect(await machine().varvel('logout', 'example.com')).toMatchObject({ code: 0 });
  const { identities } = await machine().json(whoami, 'whoami');
  expect(identities).toMatchObject([{ connection: 'github' }]);
});

test('logout --all signs everybody out', async () => {
  await machine().signIn('ada', 'github');
  await machine().signIn('grace', 'google');
  const signedOut = z.object({ signed_out: z.array(z.object({ email: z.string() })) });
  const { signed_out } = await machine().json(signedOut, 'logout', '--all');
  expect(signed_out).toHaveLength(2);
  expect(await machine().json(whoami, 'whoami')).toEqual({ identities: [] });
  expectFailure(await machine().varvel('logout', '--all', 'ada'), 2, /either --all or an identity/, /--help/);
});

test('logout while fal can’t be told forgets the session here and says so', async () => {
  await machine().signIn('ada', 'github');
  await machine().control('faults', { target: 'signin', kind: 'drop' });
  const { code, stderr } = await machine().varvel('logout');
  expect(code).toBe(0);
  expect(stderr).toMatch(/here only. fal couldn’t end the session/);
  expect((await machine().varvel('whoami')).code).toBe(3);
});

test('a session that fal has ended exits with 3, says how to come back, and keeps the identity listed', async () => {
  await machine().signIn('ada', 'github');
  await machine().control('expire', { person: 'ada', what: 'access' });
  await machine().control('expire', { person: 'ada', what: 'refresh' });
  expectFailure(
    await machine().varvel('accounts', 'list'),
    3,
    /ada@example\.com has ended/,
    /varvel login --connection github/,
  );
  expect(errorOf(await machine().varvel('accounts', 'list', '--json')).code).toBe('not_signed_in');
  const { stdout } = await machine().varvel('whoami');
  expect(stdout).toMatch(/ada@example\.com.*ended/);
});

test('one identity whose session ended does not hide the accounts of the other', async () => {
  await machine().signIn('ada', 'github');
  await machine().signIn('grace', 'google');
  await machine().control('expire', { person: 'ada', what: 'access' });
  await machine().control('expire', { person: 'ada', what: 'refresh' });
  const { code, stdout, stderr } = await machine().varvel('accounts', 'list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^grace/m);
  expect(stderr).toMatch(/warning: ada@example\.com/);
});

test('after logout the refresh token is dead at the provider, not only forgotten here', async () => {
  await using mine = await makeMachine(machine().sandbox, null);
  await mine.signIn('ada', 'github');
  const { identities } = await mine.json(whoami, 'whoami');
  const vault = await openVault({ kind: 'file', folder: mine.data, env: mine.env, ask: false });
  const token = await vault.get(secretName.refreshToken(identities[0]?.id ?? ''));
  if (token === null) throw new Error('no refresh token in the vault');
  await mine.varvel('logout');
  expect(await vault.get(secretName.refreshToken(identities[0]?.id ?? ''))).toBeNull();
  expect(await refresh(machine().sandbox, token)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
});
