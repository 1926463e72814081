import { beforeEach, expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/start.ts';
import { ask } from '../../sandbox/running.ts';
import { expectFailure } from '../contract.ts';
import { makeMachine, newMachine } from '../machine.ts';

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
