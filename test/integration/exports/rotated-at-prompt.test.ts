import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeKey } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';
import { start, varvelProgram } from '../cli/program.ts';
import { keysOf } from '../sandbox/running.ts';

const machine = newMachine({ signedIn: ['ada'], vault: 'file' });

test('a key that is rotated while an export asks is not what the file gets', async () => {
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  const cwd = machine().root;
  const file = join(cwd, '.env');
  writeFileSync(file, 'A=1\r\nB=2');
  const answer = `until [ -e rotated ]; do sleep 0.05; done; echo yes`;
  const command = `(${answer}) | script -qec '${varvelProgram} export .env -p staging' /dev/null`;
  const exporting = start('/bin/sh', ['-c', command], { env: machine().env, cwd });
  await exporting.says(/Type yes to continue/);
  const rotated = await machine().varvel('keys', 'rotate', 'staging', '--grace', '0', '--yes');
  expect(rotated).toMatchObject({ code: 0 });
  writeFileSync(join(cwd, 'rotated'), '');
  expect(await exporting.ended).toMatchObject({ code: 0 });
  const [key] = (await keysOf(machine().sandbox)).filter(({ key: text }) =>
    readFileSync(file, 'utf8').includes(text),
  );
  expect(key?.key_id).not.toBe(id);
  expect(readFileSync(file, 'utf8')).toBe(`A=1\r\nB=2\r\nFAL_KEY=${key?.key}`);
  expect(await machine().varvelWith({ cwd }, 'export', '.env', '--undo')).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toBe('A=1\r\nB=2');
});
