import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { expectFailure, madeKey } from '../contract.ts';
import { newMachine } from '../machine.ts';

const machine = newMachine({ signedIn: ['ada'] });

const listed = z.object({
  keys: z.array(z.object({ id: z.string(), rotate_by: z.nullable(z.iso.datetime()) })),
});
const dayMs = 86_400_000;

const create = async (alias: string) => (await machine().json(madeKey, 'keys', 'create', alias)).id;

/** Days until a key is to be rotated; null without a reminder. */
async function daysLeft(id: string): Promise<number | null> {
  const { keys } = await machine().json(listed, 'keys', 'list');
  const due = keys.find((key) => key.id === id)?.rotate_by ?? null;
  return due === null ? null : Math.round((Date.parse(due) - Date.now()) / dayMs);
}

test('a key’s own rule counts more than its account’s policy, and each can be taken away', async () => {
  const id = await create('bots');
  expect(await daysLeft(id)).toBeNull();
  expect(await machine().varvel('accounts', 'set', 'ada', 'rotate-by=12w')).toMatchObject({ code: 0 });
  expect(await daysLeft(id)).toBe(84);
  const set = await machine().varvel('keys', 'set', 'bots', 'rotate-by=30d');
  expect(set.stderr).toMatch(/to be rotated every 30 days, next by \d{4}-/);
  expect(await daysLeft(id)).toBe(30);
  expect((await machine().varvel('keys', 'list')).stdout).toMatch(
    /\tbots\t.*\tnow, rotate by \d{4}-\d\d-\d\d/,
  );
  await machine().varvel('keys', 'set', 'bots', 'rotate-by=never');
  expect(await daysLeft(id)).toBeNull();
  await machine().varvel('keys', 'set', 'bots', 'rotate-by=');
  expect((await machine().varvel('keys', 'show', 'bots')).stdout).toMatch(
    /Rotate\t.*84 days.*policy.*by \d{4}/,
  );
  await machine().varvel('accounts', 'set', 'ada', 'rotate-by=');
  expect(await daysLeft(id)).toBeNull();
});

test('a key that is overdue is in the list and in doctor until it is rotated, and its rule goes to the new key', async () => {
  const id = await create('bots');
  await machine().varvel('keys', 'set', 'bots', 'rotate-by=30d');
  const { varvel } = machine();
  expect((await varvel('doctor', '--offline')).stdout).not.toContain('rotated by');
  using database = {
    db: new DatabaseSync(join(machine().data, 'state.db')),
    [Symbol.dispose]() {
      this.db.close();
    },
  };
  database.db.prepare('UPDATE rotate_by SET days = 1').run();
  // fal says when it was created, so it is not enough to say so here
  database.db.prepare('UPDATE keys SET created_at = created_at - ?').run(40 * dayMs);
  const doctor = await varvel('doctor', '--offline');
  expect(doctor.stdout).toMatch(/Key bots of ada was to be rotated by/);
  expect(doctor.stdout).toContain(`varvel keys rotate ${id}`);
  expect(await varvel('keys', 'rotate', 'bots', '--grace', '0', '--yes')).toMatchObject({ code: 0 });
  expect((await varvel('doctor', '--offline')).stdout).not.toContain('rotated by');
  const { keys } = await machine().json(listed, 'keys', 'list');
  expect(keys.filter(({ rotate_by }) => rotate_by !== null)).toHaveLength(1);
});

test('the rule for all keys counts after an account’s policy and a key’s own rule', async () => {
  const { varvel } = machine();
  const id = await create('bots');
  expect((await varvel('settings', 'set', 'rotate-by=12w')).code).toBe(0);
  expect(await daysLeft(id)).toBe(84);
  expect((await varvel('keys', 'show', 'bots')).stdout).toMatch(/Rotate\t.*84 days.*the rule for all keys/);
  await varvel('accounts', 'set', 'ada', 'rotate-by=30d');
  expect(await daysLeft(id)).toBe(30);
  await varvel('keys', 'set', 'bots', 'rotate-by=never');
  expect(await daysLeft(id)).toBeNull();
  await varvel('keys', 'set', 'bots', 'rotate-by=');
  await varvel('accounts', 'set', 'ada', 'rotate-by=');
  await varvel('settings', 'set', 'rotate-by=never');
  expect(await daysLeft(id)).toBeNull();
});

test('what is no time is refused, with what is one', async () => {
  await create('bots');
  for (const text of ['rotate-by=0d', 'rotate-by=2h', 'rotate-by=4000d', 'rotate-by=soon'])
    expectFailure(await machine().varvel('keys', 'set', 'bots', text), 2, /is not a time/, /90d|1d/);
  expectFailure(
    await machine().varvel('keys', 'set', 'bots', 'note=x'),
    2,
    /is not rotate-by/,
    /rotate-by=90d/,
  );
});
