import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newMachine } from '../cli/machine.ts';

const machine = newMachine({ vault: 'file' });
const source = readFileSync(join(import.meta.dirname, '../../../cli/hook/scripts/varvel.ps1'), 'utf8');

test('PowerShell’s hook is the file, with this program and this home put in by its quoting rules', async () => {
  const { stdout } = await machine().varvel('hook', 'pwsh');
  const program = join(import.meta.dirname, '../../../bin/varvel');
  expect(stdout).toBe(
    source.replace('@PROGRAM@', `'${program}'`).replace('@FILE@', `'${join(machine().data, 'current')}'`),
  );
  expect(stdout).not.toMatch(/@[A-Z]+@/);
});

test('what it is to take up comes as assignments to its own table', async () => {
  await machine().varvelWith({ input: "the-id:it's" }, 'keys', 'add', '--stdin', '-p', 'one');
  await machine().varvel('switch', 'one');
  const { stdout } = await machine().varvel('hook', 'pwsh', '--answer');
  expect(stdout).toBe(
    [
      "varvel the-id:it's",
      "$global:VarvelHook.WantHost = ''",
      "$global:VarvelHook.Name = 'one'",
      `$global:VarvelHook.File = '${join(machine().data, 'current')}'`,
      '',
    ].join('\n'),
  );
});

test('a prompt never asks for a passphrase', async () => {
  await machine().varvelWith({ input: 'the-id:secret' }, 'keys', 'add', '--stdin', '-p', 'one');
  await machine().varvel('switch', 'one');
  const ended = await machine().varvelWith(
    { env: { VARVEL_PASSPHRASE: undefined } },
    'hook',
    'bash',
    '--answer',
  );
  expect(ended).toMatchObject({ code: 5, stdout: '' });
});
