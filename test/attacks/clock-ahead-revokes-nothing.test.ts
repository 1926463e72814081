import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activityList, madeKey } from '../integration/cli/contract.ts';
import { newMachine } from '../integration/cli/machine.ts';
import { ask, keyOf, keysOf } from '../integration/sandbox/running.ts';
import { sleep, until } from '../integration/temporary/temporary.ts';

const machine = newMachine({ vault: 'file' });
const hour = 3_600_000;

/** A command whose clock is ahead. */
async function ahead(ms: number, ...args: string[]) {
  const shift = join(machine().root, 'shift.cjs');
  await writeFile(
    shift,
    `const Real = Date;
     globalThis.Date = class extends Real {
       constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ${ms}); }
       static now() { return Real.now() + ${ms}; }
     };`,
  );
  return machine().start({ env: { NODE_OPTIONS: `--require ${shift}` } }, ...args);
}

/** Only an ADMIN key is here: a sign-in would notice the clock when it is renewed. */
async function withAdminKey(): Promise<void> {
  const { key } = await keyOf(machine().sandbox, 'falconers', 'ADMIN');
  await machine().varvelWith({ input: key }, 'keys', 'add', 'admin', '--stdin');
}

const idsAtFal = async () => (await keysOf(machine().sandbox)).map(({ key_id }) => key_id);

test('a machine whose clock is ahead revokes no temporary key in use, and ends no grace period', async () => {
  await withAdminKey();
  const account = ['--account', 'falconers'];
  const temporary = await machine().json(madeKey, 'keys', 'create', 'demo', '--ttl', '2h', ...account);
  const old = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'bots', ...account);
  await machine().varvel('keys', 'rotate', 'bots', '--grace', '7d', '--yes');
  for (const ms of [3 * hour, 8 * 24 * hour])
    for (const words of [
      ['keys', 'list'],
      ['profiles', 'list'],
    ])
      await (await ahead(ms, ...words)).ended;
  expect((await machine().varvel('doctor', '--offline')).stdout).toMatch(
    /by fal’s clock the grace period isn’t over/,
  );
  expect(await idsAtFal()).toEqual(expect.arrayContaining([temporary.id, old.id]));
});

test('a window that starts with the clock a year ahead deletes nothing of the log', async () => {
  await withAdminKey();
  const before = (await machine().json(activityList, 'activity')).activity.length;
  expect(before).toBeGreaterThan(0);
  const web = await ahead(400 * 24 * hour, 'web', '--no-browser');
  await web.says(/http:\S+/);
  web.process.kill('SIGTERM');
  await web.ended;
  expect((await machine().json(activityList, 'activity')).activity).toHaveLength(before);
});

/** A command whose clock jumps while it runs, and that looks at it more often than it would. */
async function jumping(...args: string[]) {
  const ms = join(machine().root, 'ms');
  const jump = (to: number) => writeFile(ms, String(to));
  await jump(0);
  const shift = join(machine().root, 'jump.cjs');
  await writeFile(
    shift,
    `const Real = Date;
     const { readFileSync } = require('node:fs');
     const timers = require('node:timers/promises');
     const ahead = () => Number(readFileSync(${JSON.stringify(ms)}, 'utf8'));
     globalThis.Date = class extends Real {
       constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ahead()); }
       static now() { return Real.now() + ahead(); }
     };
     const { setTimeout: wait } = timers;
     timers.setTimeout = (ms, ...more) => wait(Math.min(ms, 200), ...more);
     require('node:module').syncBuiltinESMExports();`,
  );
  return { jump, running: machine().start({ env: { NODE_OPTIONS: `--require ${shift}` } }, ...args) };
}

test.each([
  ['an ADMIN key', 'falconers', withAdminKey],
  ['a sign-in', 'ada', () => machine().signIn('ada', 'github')],
])(
  'a clock that jumps ahead while a command runs doesn’t take its temporary key, by %s',
  async (_by, account, prepare) => {
    await prepare();
    const { jump, running } = await jumping(
      ...[
        'run',
        '--temporary',
        '--ttl',
        '2h',
        '--account',
        account,
        '--',
        'sh',
        '-c',
        'echo $FAL_KEY; exec sleep 60',
      ],
    );
    const [, id = ''] = await running.says(/(\S+):\S+/);
    await jump(3 * hour);
    await sleep(3_000);
    expect(await idsAtFal()).toContain(id);
    // the clock is right again, and whatever was begun meanwhile goes on
    await jump(0);
    await sleep(2_000);
    expect(await idsAtFal()).toContain(id);
    await jump(3 * hour);
    await sleep(1_000);
    running.process.kill('SIGTERM');
    const { code, stderr } = await running.ended;
    expect(code).toBe(143);
    expect(stderr).not.toMatch(/so it is revoked/);
    await jump(0);
    await machine().varvel('profiles', 'list');
    expect(await idsAtFal()).not.toContain(id);
  },
);

test('a key whose time is over while fal can’t be reached is said to be revoked once it is, and not before', async () => {
  await withAdminKey();
  const { running } = await jumping(
    ...[
      'run',
      '--temporary',
      '--ttl',
      '2s',
      '--account',
      'falconers',
      '--',
      'sh',
      '-c',
      'echo $FAL_KEY; exec sleep 60',
    ],
  );
  const [, id = ''] = await running.says(/(\S+):\S+/);
  await machine().control('faults', { target: 'platform', kind: 'drop', times: 1000 });
  await running.says(/isn’t revoked yet/);
  await sleep(1_000);
  expect(running.said().stderr).not.toMatch(/so it is revoked/);
  expect(await idsAtFal()).toContain(id);
  await ask(`${machine().sandbox.control}/faults`, { method: 'DELETE' });
  await running.says(/so it is revoked/);
  await until(async () => !(await idsAtFal()).includes(id));
  running.process.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 143 });
});
