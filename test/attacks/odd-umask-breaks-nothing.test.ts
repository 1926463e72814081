import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newMachine } from '../integration/cli/machine.ts';
import { run, varvelProgram } from '../integration/cli/program.ts';
import { keyOf } from '../integration/sandbox/running.ts';
import { figure } from './figures.ts';

const machine = newMachine({ vault: 'new file' });

/** Runs a command under a umask, as a shell that has set it. */
const under = (umask: string, input: string, ...args: string[]) =>
  run('sh', ['-c', `umask ${umask}; exec "$0" "$@"`, varvelProgram, ...args], { env: machine().env, input });

test('a umask that takes rights from the user breaks nothing, and the command of `varvel run` has it', async () => {
  const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
  for (const words of [
    ['keys', 'add', 'one', '--stdin', '-p', 'one'],
    ['switch', 'one'],
    ['profiles', 'list'],
  ])
    expect(await under('0277', key, ...words)).toMatchObject({ code: 0 });
  const entries = readdirSync(machine().home, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    expect([path, lstatSync(path).mode & 0o777]).toEqual([path, entry.isDirectory() ? 0o700 : 0o600]);
  }
  expect(entries.length).toBeGreaterThan(5);
  for (const umask of ['0277', '0022', '0000'])
    expect((await under(umask, '', 'run', '--', 'sh', '-c', 'umask')).stdout).toBe(`${umask}\n`);
  figure(14, 'a umask of 0277', { 'files and folders': entries.length, 'with other rights': 0 });
});
