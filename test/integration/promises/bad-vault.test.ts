import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';
import { figure } from '../../attacks/figures.ts';
import { errorOf, expectFailure, profilesList } from '../cli/contract.ts';
import { type Machine, makeMachine } from '../cli/machine.ts';
import type { Ended } from '../cli/program.ts';
import { requestsOf } from '../cli/requests.ts';
import { busWithoutService, startKeyring } from '../keyring.ts';
import { keyOf } from '../sandbox/running.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.close());

/** What needs a secret, or has to keep one. */
const needing = [
  ['env', 'p'],
  ['run', '-p', 'p', '--', 'true'],
  ['keys', 'reveal', 'bots'],
  ['keys', 'test', 'p'],
  ['keys', 'create', 'more'],
  ['keys', 'list'],
  ['login', '--flow', 'device', '--no-browser'],
  ['doctor', '--offline'],
];

/** A machine whose keychain holds a session and a key. */
async function furnish(machine: Machine): Promise<void> {
  await machine.signIn('ada', 'github');
  const key = await keyOf(sandbox, 'falconers', 'API');
  const added = await machine.varvelWith({ input: key.key }, 'keys', 'add', 'bots', '--stdin', '-p', 'p');
  expect(added.code).toBe(0);
}

/** Longest time in which a broken vault is told. */
const limit = 3000;

function expectVaultFailure(ended: Ended, command: string, message: RegExp): void {
  expect({ command, code: ended.code, slow: ended.took > limit }).toEqual({ command, code: 5, slow: false });
  expect(ended.stdout + ended.stderr).toMatch(message);
}

/** What stands on the machine, but for what SQLite comes and goes with, and GLib's empty ~/.cache. */
const filesOf = async ({ root }: Machine): Promise<string[]> =>
  (await readdir(root, { recursive: true })).filter(
    (name) => !/state\.db-|\.lock$|^home\/\.cache$/.test(name),
  );

/** Every command that needs the vault fails with 5 in time; what needs none goes on; nothing is written elsewhere. */
async function expectClosed(
  machine: Machine,
  env: Record<string, string | undefined>,
  message: RegExp,
  commands = needing,
) {
  const before = await filesOf(machine);
  const asked = (await requestsOf(sandbox)).length;
  for (const args of commands) {
    expectVaultFailure(await machine.varvelWith({ env }, ...args), args.join(' '), message);
  }
  const ended = await machine.varvelWith({ env }, 'keys', 'reveal', 'bots', '--json');
  expect(ended.code).toBe(5);
  expect(errorOf(ended).code).toMatch(/^vault_/);
  expect(errorOf(ended).hint).not.toBe('');
  // no request was made that could have made a key or a session that can't be kept
  expect((await requestsOf(sandbox)).slice(asked).filter((request) => request.startsWith('POST'))).toEqual(
    [],
  );
  const { code, stdout } = await machine.varvelWith({ env }, 'profiles', 'list', '--json');
  expect(code).toBe(0);
  expect(profilesList.parse(JSON.parse(stdout)).profiles).toHaveLength(1);
  const after = await filesOf(machine);
  expect(after.filter((name) => !before.includes(name))).toEqual([]);
  figure(1, `a vault that can’t answer: ${message}`, {
    'commands without a vault': commands.length,
    'taken for missing': 0,
    'files written elsewhere': 0,
  });
}

test('a locked keychain is locked and not empty; unlocked, everything is there', async () => {
  await using keyring = await startKeyring();
  await using machine = await makeMachine(sandbox, keyring);
  await furnish(machine);
  await keyring.lock();
  await expectClosed(machine, {}, /locked/);
  await keyring.unlock();
  expect(await machine.varvel('env', 'p')).toMatchObject({ code: 0 });
  expect(await machine.varvel('keys', 'list')).toMatchObject({ code: 0, stderr: '' });
});

test('a keychain that does not answer is told within three seconds; when it does again, everything is there', async () => {
  await using keyring = await startKeyring();
  await using machine = await makeMachine(sandbox, keyring);
  await furnish(machine);
  keyring.freeze();
  try {
    // each takes its two seconds, so a few stand for all
    await expectClosed(machine, {}, /answer/, [
      ['env', 'p'],
      ['keys', 'create', 'more'],
      ['login', '--flow', 'device', '--no-browser'],
    ]);
  } finally {
    keyring.thaw();
  }
  expect(await machine.varvel('env', 'p')).toMatchObject({ code: 0 });
});

test('without a bus, and on a bus without a keychain, it is missing and says which other vault there is', async () => {
  await using keyring = await startKeyring();
  await using machine = await makeMachine(sandbox, keyring);
  await furnish(machine);
  await using empty = await busWithoutService();
  await expectClosed(
    machine,
    {
      DBUS_SESSION_BUS_ADDRESS: empty.env.DBUS_SESSION_BUS_ADDRESS,
      XDG_RUNTIME_DIR: empty.env.XDG_RUNTIME_DIR,
    },
    /keychain|Secret Service/,
  );
  const nothing = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined };
  await expectClosed(machine, nothing, /keychain|bus|Secret Service/);
  const { stderr } = await machine.varvelWith({ env: nothing }, 'keys', 'reveal', 'bots');
  expect(stderr).toContain('VARVEL_VAULT=file');
});

test('a wrong passphrase exits with 5, changes nothing, and the right one still opens the vault', async () => {
  await using machine = await makeMachine(sandbox, null);
  await furnish(machine);
  const wrong = { env: { VARVEL_PASSPHRASE: 'not this' } };
  for (const args of needing.filter(([name]) => name !== 'doctor')) {
    const ended = await machine.varvelWith(wrong, ...args);
    expect({ args, code: ended.code }).toEqual({ args, code: 5 });
    expect(ended.stderr).toMatch(/passphrase/);
    expect(ended.stderr).not.toContain('not this');
  }
  const json = await machine.varvelWith(wrong, 'env', 'p', '--json');
  expect(errorOf(json).code).toBe('wrong_passphrase');
  expect(await machine.varvel('env', 'p')).toMatchObject({ code: 0 });
});

test('no passphrase, an empty one and a passphrase file that is not there: exit 5, saying how to give it', async () => {
  await using machine = await makeMachine(sandbox, null);
  await furnish(machine);
  for (const env of [
    { VARVEL_PASSPHRASE: undefined },
    { VARVEL_PASSPHRASE: '' },
    { VARVEL_PASSPHRASE: undefined, VARVEL_PASSPHRASE_FILE: '/nonexistent/passphrase' },
  ]) {
    expectFailure(
      await machine.varvelWith({ env }, 'env', 'p'),
      5,
      /passphrase/,
      /passphrase|VARVEL_PASSPHRASE/,
    );
  }
});

test('a vault that is no vault’s name is a wrong use, never another vault', async () => {
  await using machine = await makeMachine(sandbox, null);
  const ended = await machine.varvelWith({ env: { VARVEL_VAULT: 'plain' } }, 'keys', 'list');
  expectFailure(ended, 2, /VARVEL_VAULT is not valid/, /keychain/);
});

test('a key of the other vault is said to be maybe there, not lost', async () => {
  await using keyring = await startKeyring();
  await using machine = await makeMachine(sandbox, keyring);
  await furnish(machine);
  const other = { env: { VARVEL_VAULT: 'file', VARVEL_PASSPHRASE: 'another' } };
  expectFailure(
    await machine.varvelWith(other, 'env', 'p'),
    5,
    /stored this secret in the keychain/,
    /VARVEL_VAULT/,
  );
});
