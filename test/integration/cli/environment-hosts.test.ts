import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyOf } from '../sandbox/running.ts';
import { expectFailure } from './contract.ts';
import { newMachine } from './machine.ts';

const machine = newMachine({ vault: 'file' });

/** Writes an environment file like the sandbox's, with another name, and hosts if given. */
async function environment(name: string, change: object = {}): Promise<{ VARVEL_ENVIRONMENT: string }> {
  const own = JSON.parse(await readFile(machine().env.VARVEL_ENVIRONMENT ?? '', 'utf8'));
  const path = join(machine().root, `${name}.json`);
  await writeFile(path, JSON.stringify({ ...own, name, ...change }));
  return { VARVEL_ENVIRONMENT: path };
}

test('an environment keeps to the hosts of its first use', async () => {
  const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
  const own = await environment('mine');
  const added = await machine().varvelWith({ env: own, input: key }, 'keys', 'add', 'bots', '--stdin');
  expect(added).toMatchObject({ code: 0 });
  const elsewhere = await environment('mine', { platformUrl: 'https://evil.example/v1' });
  for (const command of [
    ['keys', 'test', '--all'],
    ['env', 'bots'],
    ['keys', 'list'],
  ]) {
    const failed = await machine().varvelWith({ env: elsewhere }, ...command);
    expectFailure(failed, 8, /“mine” was set up for loopback, not for evil\.example/, /another name/);
  }
  // back with its own hosts, though on other ports, all is there
  const ports = await environment('mine', { queueUrl: 'http://localhost:1' });
  const list = await machine().varvelWith({ env: ports }, 'keys', 'list', '--json');
  expect(JSON.parse(list.stdout).keys).toMatchObject([{ alias: 'bots', stored: true }]);
});

test('a file can’t be fal or the sandbox with other hosts', async () => {
  for (const name of ['fal', 'sandbox', 'window']) {
    const env = await environment(name, { restUrl: 'https://evil.example' });
    expectFailure(
      await machine().varvelWith({ env }, 'whoami'),
      2,
      /Invalid environment file .*: .*(not a host of|uses itself)/,
      /VARVEL_ENVIRONMENT/,
    );
  }
});
