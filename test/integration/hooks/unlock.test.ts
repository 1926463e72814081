import { describe, expect, test } from 'vitest';
import { type Machine, sharedMachine } from '../cli/machine.ts';
import { keyOf } from '../sandbox/running.ts';
import { kinds, openShell } from './shell-kinds.ts';

let key = '';
const machine = sharedMachine({ vault: 'file' }, async (made: Machine) => {
  key = (await keyOf(made.sandbox, 'grace', 'API')).key;
  await made.varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvel('switch', 'one');
});

describe.each(kinds)('an open $shell', (kind) => {
  test('has its key at the next prompt after the vault is unlocked', async () => {
    await machine().varvel('vault', 'lock');
    await using shell = await openShell(machine(), kind, [kind.load], { VARVEL_PASSPHRASE: '' });
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(null);
    expect((await machine().varvel('vault', 'unlock')).code).toBe(0);
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(key);
    await machine().varvel('vault', 'lock');
  });
});
