import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectFailure } from './contract.ts';
import { type Machine, sharedMachine } from './machine.ts';

let key = '';
const machine = sharedMachine({ signedIn: ['ada'] }, async (made: Machine) => {
  await made.varvel('keys', 'create', 'bots', '--profile', 'staging');
  await made.varvel('switch', 'staging');
  key = (await made.varvel('keys', 'reveal', 'bots')).stdout.trim();
});

test('export - prints what a file would get', async () => {
  expect(await machine().varvel('export', '-')).toMatchObject({
    code: 0,
    stdout: `FAL_KEY=${key}\n`,
    stderr: '',
  });
  const json = await machine().varvel('export', '-', '--json', '--name', 'OTHER');
  expect(JSON.parse(json.stdout)).toEqual({ OTHER: key });
  expectFailure(await machine().varvel('export', '-', '--undo'), 2, /--undo needs a file/, /file/);
});

test('a file that is no env file by its name is written with a warning', async () => {
  const folder = machine().root;
  const { stderr } = await machine().varvel('export', join(folder, 'compose.yaml'), '--force');
  expect(stderr).toContain('isn’t an env file by its name: it is written as dotenv');
  for (const name of ['.env', '.env.local', 'worker.env', 'Envfile', 'keys.json'])
    expect((await machine().varvel('export', join(folder, name), '--force')).stderr).not.toContain(
      'by its name',
    );
});

test('a variable that means something else can’t hold a key', async () => {
  for (const name of ['PATH', 'FAL_HOST', 'LD_PRELOAD', 'VARVEL_HOME']) {
    for (const words of [
      ['env'],
      ['env', '--unset'],
      ['export', '-'],
      ['export', join(machine().root, 'x.env')],
    ])
      expectFailure(await machine().varvel(...words, '--name', name), 2, /can’t hold a key/, /--name/);
  }
});

test('a second sandbox leaves the first one its name, and takes that of one that was killed', async () => {
  const env = { VARVEL_HOME: join(machine().root, 'named') };
  const named = join(env.VARVEL_HOME, 'environments', 'sandbox.json');
  const begin = async () => {
    const sandbox = machine().start({ env }, 'sandbox', '--json');
    await sandbox.says(/environment/);
    return sandbox;
  };
  const first = await begin();
  const before = await readFile(named, 'utf8');
  const second = await begin();
  await second.says(/means another sandbox that is running/);
  second.process.kill('SIGTERM');
  await second.ended;
  expect(await readFile(named, 'utf8')).toBe(before);
  first.process.kill('SIGKILL');
  await first.ended;
  const third = await begin();
  expect(await readFile(named, 'utf8')).not.toBe(before);
  third.process.kill('SIGTERM');
  await third.ended;
});

test('a sandbox that can’t start says why', async () => {
  const file = join(machine().root, 'file');
  await writeFile(file, '');
  for (const state of [file, join(file, 'x')]) {
    const { code, stderr } = await machine().varvel('sandbox', '--state', state);
    expect({ code, unexpected: stderr.includes('Unexpected') }).toEqual({ code: 1, unexpected: false });
  }
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  expectFailure(await machine().varvel('sandbox', '--port', port), 8, /Port \d+ is in use/, /--port/);
  server.close();
});
