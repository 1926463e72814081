import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newMachine } from '../integration/cli/machine.ts';
import { requestsOf } from '../integration/cli/requests.ts';
import { ask } from '../integration/sandbox/running.ts';
import { figure } from './figures.ts';

const machine = newMachine({ vault: 'file', signedIn: ['ada'] });

/** How many secrets the vault holds: this person has no keys, only a session. */
const secrets = () => readdirSync(join(machine().data, 'vault/items')).length;
const revocations = async () =>
  (await requestsOf(machine().sandbox)).filter((request) => request === 'POST /oauth/revoke').length;

/** Kills a sign-out while fal doesn't answer it. */
async function killedLogout(): Promise<void> {
  await machine().control('faults', { target: 'signin', kind: 'slow', delay_ms: 60_000 });
  const before = (await requestsOf(machine().sandbox)).length;
  const logout = machine().start({}, 'logout');
  const asked = async () => (await requestsOf(machine().sandbox)).length - before;
  await expect.poll(asked).toBeGreaterThan(0);
  logout.process.kill('SIGKILL');
  await logout.ended;
  await ask(`${machine().sandbox.control}/faults`, { method: 'DELETE' });
}

test('a sign-out that is killed while fal doesn’t answer is finished by the next command', async () => {
  await killedLogout();
  expect(secrets()).toBeGreaterThan(0);
  const { code, stderr } = await machine().varvel('profiles', 'list');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toContain('Ended a session that an interrupted command had left.');
  expect({ secrets: secrets(), revocations: await revocations() }).toEqual({ secrets: 0, revocations: 1 });
  // once
  expect((await machine().varvel('profiles', 'list')).stderr).not.toContain('Ended a session');
  figure(8, 'killed sign-outs', { 'sign-outs killed': 1, 'tokens left': 0 });
});

test('who signs in again after a killed sign-out stays signed in', async () => {
  await killedLogout();
  expect(await machine().signIn('ada', 'github')).toMatchObject({ code: 0 });
  await machine().varvel('profiles', 'list');
  expect(await machine().varvel('accounts', 'list')).toMatchObject({ code: 0 });
  expect(secrets()).toBeGreaterThan(0);
});
