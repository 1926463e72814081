import { afterAll, beforeAll, expect, it } from 'vitest';
import { newMachine, vaultPassphrase } from '../cli/machine.ts';
import { tokenRequests } from '../cli/requests.ts';
import { enter, installWeb, type WebProgram } from './web-program.ts';

const machine = newMachine({ vault: 'file' });
let program: WebProgram;
beforeAll(async () => {
  program = await installWeb();
});
afterAll(() => program[Symbol.asyncDispose]());

/** A window that asks for the passphrase. */
const windowOf = async (env: Record<string, string> = {}) =>
  enter(await program.start(machine(), ['--no-browser'], { VARVEL_PASSPHRASE: '', ...env }));

const isAdaSignedIn = async (env: Record<string, string> = {}) => {
  await machine().varvelWith({ env }, 'accounts', 'list');
  return (await machine().varvelWith({ env }, 'whoami')).stdout.includes('signed in');
};

/** Ada's access token has expired, and the sign-in server takes a while to renew it. */
async function slowRenewal(): Promise<{ begun(): Promise<void> }> {
  await machine().control('expire', { person: 'ada', what: 'access' });
  const slow = { target: 'signin', kind: 'slow', path: '/oauth/token', delay_ms: 2500, times: 1 };
  await machine().control('faults', slow);
  const before = await tokenRequests(machine().sandbox);
  return {
    async begun() {
      await expect.poll(() => tokenRequests(machine().sandbox), { timeout: 20_000 }).toBe(before + 1);
    },
  };
}

it('a vault that is locked while a sign-in is renewed is locked after the new token was saved', async () => {
  await machine().signIn('ada', 'github');
  const call = await windowOf();
  await call('vault.unlock', { passphrase: vaultPassphrase });
  const { begun } = await slowRenewal();
  const refreshing = call('keys.refresh', { accountId: null });
  await begun();
  expect(await call('vault.lock')).not.toHaveProperty('error');
  await refreshing;
  expect(await call('vault.read')).toMatchObject({ ok: { problem: { code: 'vault_locked' } } });
  expect(await isAdaSignedIn()).toBe(true);
});

it('a passphrase that is changed while another program renews a sign-in costs no sign-in', async () => {
  await machine().signIn('ada', 'github');
  const call = await windowOf();
  await call('vault.unlock', { passphrase: vaultPassphrase });
  const { begun } = await slowRenewal();
  const listing = machine().varvel('keys', 'list');
  await begun();
  const changed = 'another horse battery staple 77';
  expect(await call('vault.changePassphrase', { from: vaultPassphrase, to: changed })).not.toHaveProperty(
    'error',
  );
  // it needs the new passphrase for what comes after
  await listing;
  expect(await isAdaSignedIn({ VARVEL_PASSPHRASE: changed })).toBe(true);
});

it('a mistyped passphrase in a second window takes back no choice that another one made', async () => {
  const env = { VARVEL_VAULT: '' };
  const [one, other] = [await windowOf(env), await windowOf(env)];
  const choose = (call: typeof one, passphrase: string) =>
    call('vault.choosePassphraseVault', { passphrase });
  expect(await choose(one, 'correct horse battery staple')).not.toHaveProperty('error');
  expect(await choose(other, 'correct horse battery stable')).toMatchObject({
    error: { code: 'wrong_passphrase' },
  });
  const status = await machine().varvelWith({ env }, 'vault', 'status', '--json');
  expect(status).toMatchObject({ code: 0 });
  expect(JSON.parse(status.stdout)).toMatchObject({ vault: 'file' });
});
