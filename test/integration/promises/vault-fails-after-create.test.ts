import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../sandbox/start.ts';
import { madeKey } from '../cli/contract.ts';
import { type Machine, makeMachine } from '../cli/machine.ts';
import type { Ended } from '../cli/program.ts';
import { requestsOf } from '../cli/requests.ts';
import { startKeyring } from '../keyring.ts';
import { keysOf } from '../sandbox/running.ts';

/** Creates a key and breaks the vault while fal, which has been asked, still thinks. */
async function createWhile(machine: Machine, breakVault: () => unknown, ...more: string[]): Promise<Ended> {
  await machine.control('faults', { target: 'grpc', kind: 'slow', delay_ms: 1500, times: 1 });
  const creating = machine.start({}, 'keys', 'create', 'bots', '--profile', 'staging', ...more);
  while (!(await requestsOf(machine.sandbox)).some((request) => request.includes('CreateUserKey')))
    await new Promise((resolve) => setTimeout(resolve, 20));
  await breakVault();
  return creating.ended;
}

/** The secret was shown, the person told what to do with it, and it can be kept after all. */
async function expectSaved(machine: Machine, ended: Ended): Promise<void> {
  const made = (await keysOf(machine.sandbox)).find(({ alias }) => alias === 'bots');
  expect(ended.stdout).toBe(`${made?.key_id}\n${made?.key}\n`);
  expect(ended.stderr).toMatch(/its secret couldn’t be stored/);
  expect(ended.stderr).toContain('varvel keys add --stdin --profile staging');
  expect(ended.stderr).not.toContain(made?.key_secret);
}

async function expectKept(machine: Machine, ended: Ended): Promise<void> {
  const key = ended.stdout.split('\n')[1] ?? '';
  const added = await machine.varvelWith(
    { input: key },
    'keys',
    'add',
    'bots',
    '--stdin',
    '--profile',
    'staging',
  );
  expect(added).toMatchObject({ code: 0 });
  expect(await machine.varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  expect((await machine.varvel('keys', 'reveal', 'bots')).stdout).toBe(`${key}\n`);
}

test('a passphrase vault that can’t be written once fal has made the key: the secret is shown', async () => {
  await using sandbox = closing(await startSandbox());
  await using machine = await makeMachine(sandbox.value, null);
  await machine.signIn('ada', 'github');
  const items = join(machine.data, 'vault', 'items');
  const ended = await createWhile(machine, async () => {
    await rename(items, `${items}.away`);
    await writeFile(items, '');
  });
  expect(ended.code).not.toBe(0);
  await expectSaved(machine, ended);
  await rename(`${items}.away`, items).catch(async () => {
    await rename(items, `${items}.file`);
    await rename(`${items}.away`, items);
  });
  await expectKept(machine, ended);
});

test.each(['freeze', 'kill', 'lock'] as const)(
  'a keychain that goes (%s) once fal has made the key: exit 5, and the secret is shown',
  async (how) => {
    await using sandbox = closing(await startSandbox());
    await using keyring = await startKeyring();
    await using machine = await makeMachine(sandbox.value, keyring);
    await machine.signIn('ada', 'github');
    const ended = await createWhile(machine, () => keyring[how]());
    expect(ended.code).toBe(5);
    await expectSaved(machine, ended);
    if (how === 'kill') return;
    await (how === 'freeze' ? keyring.thaw() : keyring.unlock());
    await expectKept(machine, ended);
  },
);

test('with --json the secret that could not be stored stands in the document, marked as such', async () => {
  await using sandbox = closing(await startSandbox());
  await using keyring = await startKeyring();
  await using machine = await makeMachine(sandbox.value, keyring);
  await machine.signIn('ada', 'github');
  const ended = await createWhile(machine, () => keyring.kill(), '--json');
  expect(ended.code).toBe(5);
  const document = JSON.parse(ended.stdout);
  const made = (await keysOf(sandbox.value)).find(({ alias }) => alias === 'bots');
  expect(madeKey.parse(document)).toMatchObject({ id: made?.key_id, key: made?.key, profile: null });
  expect(document).toMatchObject({ stored: false });
});

function closing<T extends { close(): Promise<void> }>(value: T): { value: T } & AsyncDisposable {
  return { value, [Symbol.asyncDispose]: () => value.close() };
}
