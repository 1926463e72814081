import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { temporaryAlias } from '../../../core/temporary/temporary-alias.ts';
import { activityList, expectFailure, keysList } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';
import { run, varvelProgram } from '../cli/program.ts';
import { ask, keyOf, keysOf } from '../sandbox/running.ts';
import { sleep, temporaryAtFal, until } from './temporary.ts';

const machine = newMachine({ signedIn: ['ada'] });

const listed = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      alias: z.nullable(z.string()),
      stored: z.boolean(),
      expires_at: z.nullable(z.iso.datetime()),
    }),
  ),
});

const atFal = () => temporaryAtFal(machine().sandbox);
const idOf = (text: string): string => text.trim().split(':')[0] ?? '';
const priceWith = async (key: string): Promise<number> => {
  const url = `${machine().sandbox.environment.platformUrl}/models/pricing?endpoint_id=fal-ai/flux/schnell`;
  return (await ask(url, { headers: { authorization: `Key ${key}` } })).status;
};

/** The process that the only temporary key ends with. */
function holderNow(): unknown {
  const db = new DatabaseSync(join(machine().data, 'state.db'), { readOnly: true });
  try {
    return db.prepare('SELECT holder_pid FROM temporary_keys').get()?.holder_pid;
  } finally {
    db.close();
  }
}

test('a command has a key of its own that works, is named after it, and is revoked when it ends', async () => {
  const script = 'echo $FAL_KEY; read line; exit 7';
  const running = machine().start({ input: '' }, 'run', '--temporary', '--', 'sh', '-c', script);
  const [key = ''] = await running.says(/\S+:\S+/);
  const ended = await running.ended;
  expect(ended).toMatchObject({ code: 7, stderr: '' });
  expect(await priceWith(key)).toBe(401);
  expect(await atFal()).toEqual([]);
  const { activity } = await machine().json(activityList, 'activity');
  expect(activity.slice(0, 3)).toMatchObject([
    { kind: 'key_revoked', key: idOf(key), detail: 'temporary' },
    { kind: 'ran', key: idOf(key), detail: 'sh' },
    { kind: 'key_created', key: idOf(key), detail: 'API sh, temporary' },
  ]);
  // its secret is nowhere on the disk
  const [, secret = ''] = key.split(':');
  expect(() => execFileSync('grep', ['-rqaF', secret, machine().root])).toThrow();
});

test('while it runs its key works and is listed as temporary, also with its own scope, account and time', async () => {
  const args = ['--temporary', '--ttl', '30m', '--account', 'falconers', '--scope', 'ADMIN'];
  const running = machine().start({}, 'run', ...args, '--', 'sh', '-c', 'echo $FAL_KEY; exec sleep 60');
  const [key = ''] = await running.says(/\S+:\S+/);
  expect(await priceWith(key)).toBe(200);
  expect(await atFal()).toMatchObject([{ scope: 'ADMIN', account: 'falconers' }]);
  const { keys } = await machine().json(listed, 'keys', 'list', '--account', 'falconers');
  const mine = keys.find(({ id }) => id === idOf(key));
  expect(mine).toMatchObject({ alias: 'sh', stored: false });
  expect(Date.parse(mine?.expires_at ?? '') - Date.now()).toBeGreaterThan(20 * 60_000);
  expect((await machine().varvel('keys', 'list')).stdout).toMatch(/ends in \d+ min/);
  running.process.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 143 });
  expect(await atFal()).toEqual([]);
});

test('a full disk behind its messages neither ends it nor lets its key live on', async () => {
  const command = `'${varvelProgram}' run --temporary --ttl 2s -- sh -c 'sleep 4; exit 7' 2> /dev/full`;
  const running = run('sh', ['-c', command], { env: machine().env });
  await until(async () => (await atFal()).length === 1);
  await until(async () => (await atFal()).length === 0);
  expect(await running).toMatchObject({ code: 7 });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s reaches the command, and its exit code comes back',
  async (signal) => {
    const number = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal];
    const script = `trap "exit ${20 + number}" ${signal.slice(3)}; echo up; while :; do sleep 0.05; done`;
    const running = machine().start({}, 'run', '--temporary', '--', 'sh', '-c', script);
    await running.says(/up/);
    // twice, as by somebody in a hurry: it is revoked all the same
    running.process.kill(signal);
    running.process.kill(signal);
    expect(await running.ended).toMatchObject({ code: 20 + number });
    expect(await atFal()).toEqual([]);
  },
);

test('a key whose time is over is revoked while its command runs, which is said', async () => {
  const script = 'echo $FAL_KEY; sleep 5; echo end';
  const running = machine().start({}, 'run', '--temporary', '--ttl', '2s', '--', 'sh', '-c', script);
  const [key = ''] = await running.says(/\S+:\S+/);
  await running.says(/time of the temporary key is over/);
  await until(async () => (await priceWith(key)) === 401);
  expect(await running.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('end') });
});

test('a Varvel that is killed leaves the key to its command; the next command revokes it once that has ended', async () => {
  const running = machine().start(
    {},
    'run',
    '--temporary',
    '--',
    'sh',
    '-c',
    'echo $$ $FAL_KEY; exec sleep 60',
  );
  const [, pid = '', key = ''] = await running.says(/(\d+) (\S+:\S+)/);
  // the command may say so before Varvel has written down who it is
  await until(async () => holderNow() === Number(pid));
  running.process.kill('SIGKILL');
  await once(running.process, 'exit');
  await machine().varvel('profiles', 'list');
  expect(await priceWith(key)).toBe(200);
  process.kill(Number(pid), 'SIGKILL');
  await until(async () => !existsSync(`/proc/${pid}`));
  await machine().varvel('profiles', 'list');
  expect(await priceWith(key)).toBe(401);
});

test('another machine that is signed in to the account revokes it some time after its end, as its clock may be ahead', async () => {
  const { key } = await keyOf(machine().sandbox, 'ada', 'ADMIN');
  const minute = 60_000;
  const made = [5, 30].map((ago) => temporaryAlias(`ended-${ago}`, Date.now() - ago * minute, '00000000'));
  for (const alias of made)
    await ask(`${machine().sandbox.environment.platformUrl}/keys`, {
      method: 'POST',
      headers: { authorization: `Key ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ alias }),
    });
  expect(await atFal()).toHaveLength(2);
  const { keys } = await machine().json(keysList, 'keys', 'list');
  expect(keys.find(({ alias }) => alias === 'ended-5')).toMatchObject({ stored: false });
  // it knows of them now, and asks for no list
  await machine().varvel('profiles', 'list');
  expect(await atFal()).toMatchObject([{ alias: made[0] }]);
});

test('keys create --ttl stores a key that works, is shown with its end, and isn’t rotated', async () => {
  const ended = await machine().varvel('keys', 'create', 'demo', '--ttl', '8h');
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/revoked at \d{4}-/) });
  expect((await machine().varvel('keys', 'show', 'demo')).stdout).toMatch(/Temporary\trevoked at/);
  expect(await machine().varvel('keys', 'test', 'demo')).toMatchObject({ code: 0 });
  expectFailure(await machine().varvel('keys', 'rotate', 'demo', '--yes'), 8, /is temporary/, /stays/);
  expect(await atFal()).toHaveLength(1);
});

test('when the time of a stored key is over, it is revoked and deleted here, and its profile has no key', async () => {
  await machine().varvel('keys', 'create', 'demo', '--ttl', '1s', '--profile', 'demo');
  await sleep(1000);
  await machine().varvel('profiles', 'list');
  expect(await atFal()).toEqual([]);
  expectFailure(await machine().varvel('keys', 'show', 'demo'), 4, /has no key/, /./);
  const { stdout } = await machine().varvel('doctor', '--offline');
  expect(stdout).not.toMatch(/not in this vault|Recovered/);
});

test('one that can’t be revoked at its end is said to stay, and the next Varvel revokes it', async () => {
  const running = machine().start({}, 'run', '--temporary', '--', 'sh', '-c', 'echo $FAL_KEY; exec sleep 60');
  await running.says(/\S+:\S+/);
  await machine().control('faults', { target: 'grpc', kind: 'drop', times: 5 });
  running.process.kill('SIGTERM');
  const ended = await running.ended;
  expect(ended).toMatchObject({
    code: 143,
    stderr: expect.stringMatching(/isn’t revoked yet\. .*(closed the connection|stream closed)/),
  });
  expect(await atFal()).toHaveLength(1);
  await until(async () => {
    await machine().varvel('profiles', 'list');
    return (await atFal()).length === 0;
  });
});

test('an answer that was lost leaves no key at fal', async () => {
  await machine().control('faults', { target: 'grpc', kind: 'drop', after: true, times: 1 });
  const ended = await machine().varvel('run', '--temporary', '--', 'true');
  expectFailure(ended, 6, /closed the connection/, /./);
  expect(await atFal()).toHaveLength(1);
  await machine().varvel('profiles', 'list');
  expect(await atFal()).toEqual([]);
});

test('an ADMIN key of the account is enough, and without either it says to sign in', async () => {
  await machine().varvel('logout', '--all');
  expectFailure(await machine().varvel('run', '--temporary', '--', 'true'), 3, /./, /varvel login/);
  const admin = await keyOf(machine().sandbox, 'falconers', 'ADMIN');
  await machine().varvelWith({ input: admin.key }, 'keys', 'add', 'admin', '--stdin');
  const args = ['run', '--temporary', '--account', 'falconers', '--'];
  const ended = await machine().varvel(...args, 'printenv', 'FAL_KEY');
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/:/) });
  expect(ended.stdout).not.toContain(admin.key_id);
  expect(await atFal()).toEqual([]);
  expectFailure(await machine().varvel(...args, 'no-such-tool'), 127, /not found/, /PATH/);
  expect(await atFal()).toEqual([]);
});

test('what is wrong is refused before fal creates anything', async () => {
  const { varvel } = machine();
  expectFailure(await varvel('run', '--ttl', '2h', '--', 'true'), 2, /for temporary keys/, /--temporary/);
  expectFailure(await varvel('run', '--temporary', '--ttl', '0s', '--', 'true'), 2, /can’t live for 0s/, /./);
  const alias = 'x--varvel-until-20300101T000000Z-00000000';
  expectFailure(await varvel('keys', 'create', alias), 2, /take a key with this alias/, /another alias/);
  expect(await atFal()).toEqual([]);
});

test('for a profile whose account isn’t known, no key of another account is made', async () => {
  const config = join(machine().root, 'config.toml');
  writeFileSync(config, '[shop]\nkey = "id-of-shop:secret"\nhost = "api.shop.example"\n');
  await machine().varvelWith({ env: { FAL_CONFIG_PATH: config } }, 'falcli', 'import', '--yes');
  const before = (await keysOf(machine().sandbox)).length;
  const ended = await machine().varvel('run', '--temporary', '-p', 'shop', '--', 'true');
  expectFailure(ended, 4, /which account profile “shop” is of/, /keys test shop/);
  expect(await keysOf(machine().sandbox)).toHaveLength(before);
  // one without a key is of no account yet: the usual one is meant
  await machine().varvel('profiles', 'create', 'empty');
  expect(await machine().varvel('run', '--temporary', '-p', 'empty', '--', 'true')).toMatchObject({
    code: 0,
  });
});
