import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { startSandbox } from '../../../../sandbox/start.ts';
import { ask } from '../../sandbox/running.ts';
import { expectFailure } from '../contract.ts';
import { makeMachine, newMachine } from '../machine.ts';
import type { Ended } from '../program.ts';

const requestLog = z.object({
  requests: z.array(z.object({ path: z.string(), status: z.nullable(z.number()) })),
});

// a passphrase vault, since nothing is to be kept here
const machine = newMachine({ vault: 'file' });

beforeEach(async () => {
  // set up now, so that what is timed below is the sign-in alone
  await machine().varvel('whoami');
});

test('a sandbox that dies while the code is to be confirmed ends the sign-in with 6', async () => {
  const sandbox = await startSandbox();
  await using mine = await makeMachine(sandbox, null);
  const login = mine.start({}, 'login', '--flow', 'device', '--connection', 'github', '--no-browser');
  await login.says(/Code: /);
  // kept, as the environment file goes with the sandbox
  await sandbox.close();
  expectFailure(await login.ended, 6, /127\.0\.0\.1/, /sandbox|network/, /^http/);
});

test('a server that answers 500 to a sign-in is fal refusing, not the network', async () => {
  await machine().control('faults', { target: 'signin', kind: 'status', status: 500 });
  const ended = await machine().varvel('login', '--flow', 'device', '--connection', 'github', '--no-browser');
  expectFailure(ended, 7, /sign-in server failed/, /Try again/);
});

test('a server that drops every connection is unreachable', async () => {
  await machine().control('faults', { target: 'signin', kind: 'drop' });
  const ended = await machine().varvel('login', '--flow', 'loopback', '--no-browser');
  expectFailure(ended, 6, /closed the connection/, /Try again/);
});

const jwks = '/.well-known/jwks.json';

/** Starts a device sign-in, and confirms it when everything that comes after it fails as told. */
async function confirmedWith(fault: Record<string, unknown>): Promise<Ended> {
  const login = machine().start({}, 'login', '--flow', 'device', '--connection', 'github', '--no-browser');
  const [, code = ''] = await login.says(/Code: (\S+)/);
  await machine().control('faults', { target: 'signin', ...fault });
  await machine().control('approve', { user_code: code, person: 'ada' });
  return login.ended;
}

/** The requests for tokens that fal granted. */
const granted = async () => {
  const { requests } = requestLog.parse((await ask(`${machine().sandbox.control}/requests`)).body);
  const asked = requests.filter(({ path }) => path === '/oauth/token');
  return { granted: asked.filter(({ status }) => status === 200).length, last: asked.at(-1)?.status };
};

test.each([
  ['the keys that check it', { kind: 'status', status: 502, times: 2, path: jwks }],
  ['the keys that check it, by a lost connection', { kind: 'drop', times: 1, path: jwks }],
  ['who signed in', { kind: 'status', status: 503, times: 1, path: '/userinfo' }],
])('a confirmed sign-in survives a server that fails to say %s', async (_, fault) => {
  expect(await confirmedWith(fault)).toMatchObject({ code: 0 });
  expect(await granted()).toEqual({ granted: 1, last: 200 });
});

test('a confirmed code whose sign-in can’t be checked is not sent again', async () => {
  const ended = await confirmedWith({ kind: 'status', status: 502, path: jwks });
  expectFailure(ended, 6, /couldn’t be checked.*HTTP 502/, /Try again/, /^http/);
  expect(await granted()).toEqual({ granted: 1, last: 200 });
});

test('where no passphrase can be had the sign-in fails before fal is asked', async () => {
  const ended = await machine().varvelWith(
    { env: { VARVEL_PASSPHRASE: undefined } },
    'login',
    '--connection',
    'github',
    '--no-browser',
  );
  expectFailure(ended, 5, /passphrase/, /VARVEL_PASSPHRASE/);
  expect((await ask(`${machine().sandbox.control}/requests`)).body).toEqual({ requests: [] });
});

test('a flow that the environment does not list is refused with those it lists', async () => {
  const ended = await machine().varvelWith(
    { env: { VARVEL_ENVIRONMENT: 'fal' } },
    'login',
    '--flow',
    'loopback',
    '--no-browser',
  );
  expectFailure(ended, 2, /not known to accept the loopback flow/, /--flow device/);
});
