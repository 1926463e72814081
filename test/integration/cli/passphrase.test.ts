import { join } from 'node:path';
import { expect, test } from 'vitest';
import { typed } from '../vault/typed.ts';
import { expectFailure } from './contract.ts';
import { newMachine, vaultPassphrase } from './machine.ts';
import { varvelProgram } from './program.ts';

const machine = newMachine({ vault: 'new file' });
const key = '5d1f2c3b-0a1b-4c2d-8e3f-405162738495:0123456789abcdef0123456789abcdef';
const better = 'orchard velvet tin lantern';

/** The environment of somebody who types the passphrase. */
function typing(): NodeJS.ProcessEnv {
  const { VARVEL_PASSPHRASE: _, ...env } = machine().env;
  return env;
}

test('a new vault’s weak passphrase is refused on a terminal, with why, and another is asked for', async () => {
  const screen = await typed(`${varvelProgram} keys add mine --from-env`, ['abc', better, better], {
    ...typing(),
    FAL_KEY: key,
  });
  expect(screen).toMatch(/Weak: 3 characters.*easy to guess.*Choose another one/);
  const env = { ...typing(), VARVEL_PASSPHRASE: better };
  expect((await machine().varvelWith({ env }, 'keys', 'reveal', 'mine')).stdout).toBe(`${key}\n`);
});

test('a weak one from a variable sets a vault up with a warning, and opens it without one', async () => {
  const env = { VARVEL_PASSPHRASE: 'abc', VARVEL_HOME: join(machine().root, 'weak') };
  const added = await machine().varvelWith({ env, input: key }, 'keys', 'add', 'mine', '--stdin');
  expect(added.code).toBe(0);
  expect(added.stderr).toMatch(/VARVEL_PASSPHRASE is easy to guess. Weak: 3 characters/);
  expect(await machine().varvelWith({ env }, 'keys', 'reveal', 'mine')).toMatchObject({
    code: 0,
    stdout: `${key}\n`,
    stderr: expect.not.stringContaining('guess'),
  });
});

test('a backup’s passphrase is judged in the same way', async () => {
  const file = join(machine().root, 'b.age');
  const screen = await typed(`${varvelProgram} backup ${file}`, ['abc', better, better], typing());
  expect(screen).toMatch(/Weak: 3 characters/);
  const env = { VARVEL_PASSPHRASE: 'abc' };
  const home = { VARVEL_HOME: join(machine().root, 'other') };
  expectFailure(
    await machine().varvelWith({ env: { ...env, ...home } }, 'restore', file),
    5,
    /Wrong passphrase/,
    /PASSPHRASE/,
  );
});

test('after a wrong passphrase the terminal asks again, three times at most', async () => {
  await machine().varvelWith({ input: key }, 'keys', 'add', 'mine', '--stdin');
  const reveal = `${varvelProgram} keys reveal mine`;
  const screen = await typed(reveal, ['wrong', vaultPassphrase], typing());
  expect(screen).toContain('Wrong passphrase. Try again: ');
  expect(screen).toContain(key);
  const refused = await typed(reveal, ['one', 'two', 'three', vaultPassphrase], typing());
  expect(refused.match(/Try again: /g)).toHaveLength(2);
  expect(refused).toMatch(/Wrong passphrase for/);
  expect(refused).not.toContain(key);
  expect(
    await typed(`${varvelProgram} vault unlock --for 1m`, ['wrong', vaultPassphrase], typing()),
  ).toContain('unlocked until');
});

test('the vault’s passphrase is changed, and locks it for everybody else', async () => {
  await machine().varvelWith({ input: key }, 'keys', 'add', 'mine', '--stdin');
  await machine().varvel('vault', 'unlock', '--for', '5m');
  const screen = await typed(
    `${varvelProgram} vault passphrase`,
    [vaultPassphrase, 'abc', better, better],
    typing(),
  );
  expect(screen).toMatch(/Weak: 3 characters/);
  expect(screen).toContain('Passphrase changed.');
  expectFailure(await machine().varvel('keys', 'reveal', 'mine'), 5, /Wrong passphrase/, /PASSPHRASE/);
  const env = { VARVEL_PASSPHRASE: better };
  expect((await machine().varvelWith({ env }, 'keys', 'reveal', 'mine')).stdout).toBe(`${key}\n`);
});
