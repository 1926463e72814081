import { expect, test } from 'vitest';
import { typed } from '../../vault/typed.ts';
import { newMachine, vaultPassphrase } from '../machine.ts';
import { varvelProgram } from '../program.ts';

const machine = newMachine({ vault: 'file', signedIn: ['ada'] });

test('what is told of progress is gone before a passphrase is asked for', async () => {
  const { VARVEL_PASSPHRASE: _, ...env } = machine().env;
  const command = `${varvelProgram} keys list --account ada`;
  const screen = await typed(command, [vaultPassphrase], { ...env, TERM: 'xterm' });
  expect(screen).toMatch(/Refreshing keys….*\r\u001b\[KVault passphrase: /);
  expect(screen).toContain('only at fal');
});
