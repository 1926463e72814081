import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedMachine } from '../integration/cli/machine.ts';
import { run } from '../integration/cli/program.ts';
import { keyOf } from '../integration/sandbox/running.ts';
import { figure } from './figures.ts';

let key = '';
const machine = sharedMachine({ vault: 'file', signedIn: ['ada'] }, async (made) => {
  key = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  await made.varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvel('switch', 'one');
});

/** What people leave set after they have debugged a program of theirs. */
const debugging = { NODE_DEBUG: '*', NODE_DEBUG_NATIVE: 'http2,tls' };
const secretHalf = () => key.split(':')[1] ?? key;

test('variables that make Node write what it sends show no key', async () => {
  const program = join(import.meta.dirname, '../../dist/cli/varvel.cjs');
  const plain = await run(process.execPath, [program, 'keys', 'test', 'one'], {
    env: { ...machine().env, ...debugging },
  });
  // the attack is real
  expect(plain.stderr).toContain(secretHalf());
  const commands = [['keys', 'test', 'one'], ['keys', 'list'], ['accounts', 'list'], ['whoami']];
  for (const words of commands) {
    const { code, stdout, stderr } = await machine().varvelWith({ env: debugging }, ...words);
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(secretHalf());
    expect(stderr).not.toMatch(/Bearer|HTTP2? \d+:/);
  }
  figure(3, 'Node’s debugging variables', { commands: commands.length, 'secrets found': 0 });
});

test('the command of `varvel run` gets them as they were', async () => {
  const show = ['run', '--', 'sh', '-c', 'echo "$NODE_DEBUG $NODE_DEBUG_NATIVE"; env | grep -c VARVEL_NODE'];
  expect(await machine().varvelWith({ env: debugging }, ...show)).toMatchObject({
    stdout: '* http2,tls\n0\n',
  });
  // nothing is made up
  const unset = ['run', '--', 'sh', '-c', 'printenv NODE_DEBUG || echo unset'];
  const left = { VARVEL_NODE_DEBUG: 'http' };
  expect((await machine().varvelWith({ env: left }, ...unset)).stdout).toBe('unset\n');
});
