import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activityList, madeKey } from '../integration/cli/contract.ts';
import { newMachine } from '../integration/cli/machine.ts';
import { keyOf, keysOf } from '../integration/sandbox/running.ts';

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
