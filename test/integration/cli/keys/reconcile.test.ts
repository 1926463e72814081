import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { keyOf, keysOf } from '../../sandbox/running.ts';
import { typed } from '../../vault/typed.ts';
import { expectFailure, madeKey } from '../contract.ts';
import { newMachine } from '../machine.ts';
import { varvelProgram } from '../program.ts';

const machine = newMachine({ signedIn: ['ada'], vault: 'file' });

const document = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      alias: z.nullable(z.string()),
      scope: z.nullable(z.string()),
      account: z.nullable(z.string()),
      place: z.enum(['both', 'only_fal', 'only_here', 'no_secret', 'unchecked']),
      profiles: z.array(z.string()),
    }),
  ),
  recovered: z.array(z.string()),
  forgotten: z.array(z.string()),
  revoked: z.array(z.string()),
});

const reconcile = (...args: string[]) => machine().json(document, 'keys', 'reconcile', ...args);
const create = async (alias: string, ...more: string[]) =>
  (await machine().json(madeKey, 'keys', 'create', alias, ...more)).id;
const placesOf = async (...ids: string[]) => {
  const { keys } = await reconcile();
  return ids.map((id) => keys.find((key) => key.id === id)?.place);
};

test('keys are told apart by where they are, and each kind can be tidied up, many at once', async () => {
  const [well, revoked, another] = [await create('well'), await create('revoked'), await create('another')];
  for (const key_id of [revoked, another]) await machine().control('revoke', { key_id });
  expect(await placesOf(well, revoked, another)).toEqual(['both', 'only_here', 'only_here']);
  const shown = await machine().varvel('keys', 'reconcile');
  expect(shown.stdout).toMatch(/revoked\tada\tonly here/);
  expect(shown.stdout).not.toContain('well');
  expect(shown.stderr).toMatch(/Only here: revoked at fal.*--forget/);

  // one that works is neither forgotten nor revoked here
  expectFailure(
    await machine().varvel('keys', 'reconcile', 'well', '--forget', '--yes'),
    8,
    /here and at fal/,
    /keys forget/,
  );
  expectFailure(
    await machine().varvel('keys', 'reconcile', 'well', '--revoke', '--yes'),
    8,
    /here and at fal/,
    /keys revoke/,
  );
  expect((await reconcile('--forget', '--all', '--yes')).forgotten.toSorted()).toEqual(
    [revoked, another].toSorted(),
  );
  expect(await placesOf(well, revoked)).toEqual(['both', undefined]);

  const before = (await keysOf(machine().sandbox)).filter(({ account }) => account === 'night-shift');
  expectFailure(
    await machine().varvel('keys', 'reconcile', '--revoke', '--all', '--yes'),
    2,
    /Others may use them/,
    /--account/,
  );
  const { revoked: gone } = await reconcile('--account', 'night-shift', '--revoke', '--all', '--yes');
  expect(gone.toSorted()).toEqual(before.map(({ key_id }) => key_id).toSorted());
  const after = await keysOf(machine().sandbox);
  expect(after.filter(({ account }) => account === 'night-shift')).toEqual([]);
  expect(after.map(({ key_id }) => key_id)).toContain(well);
});

test('after a lost database, keys that are only in the vault come back with what fal says of them', async () => {
  const id = await create('bots', '--scope', 'ADMIN', '--account', 'falconers');
  for (const end of ['', '-wal', '-shm']) await rm(join(machine().data, `state.db${end}`), { force: true });
  await machine().signIn('ada', 'github');
  const { recovered, keys } = await reconcile();
  expect(recovered).toEqual([id]);
  expect(keys.find((key) => key.id === id)).toMatchObject({
    alias: 'bots',
    scope: 'ADMIN',
    account: 'falconers',
    place: 'both',
  });
  expect(await machine().varvel('keys', 'test', 'bots')).toMatchObject({ code: 0 });
});

test('after a lost vault, keys are without their secret: pasting one again is enough, the rest is forgotten', async () => {
  const [kept, lost] = [await create('kept', '--profile', 'p'), await create('lost')];
  await rm(join(machine().data, 'vault'), { recursive: true });
  expectFailure(
    await machine().varvel('keys', 'reconcile'),
    5,
    /is not in/,
    /If it is lost, reset the vault/,
  );
  expect(await machine().varvel('vault', 'reset', '--yes')).toMatchObject({ code: 0 });
  await machine().signIn('ada', 'github');
  expect(await placesOf(kept, lost)).toEqual(['no_secret', 'no_secret']);
  const key = (await keysOf(machine().sandbox)).find(({ key_id }) => key_id === kept)?.key ?? '';
  expect(await machine().varvelWith({ input: key }, 'keys', 'add', '--stdin')).toMatchObject({ code: 0 });
  expect(await placesOf(kept, lost)).toEqual(['both', 'no_secret']);
  expect((await machine().varvel('env', 'p', '--format', 'dotenv')).stdout).toBe(`FAL_KEY=${key}\n`);
  await reconcile('lost', '--revoke', '--yes');
  expect(await placesOf(lost)).toEqual([undefined]);
});

test('without fal, the vault and the database are compared all the same; a wrong use is said', async () => {
  const id = await create('bots');
  await machine().varvel('logout', '--all');
  const ended = await machine().varvel('keys', 'reconcile', '--json');
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/signed in|ended/) });
  expect(document.parse(JSON.parse(ended.stdout)).keys).toMatchObject([{ id, place: 'unchecked' }]);
  const { varvel } = machine();
  expectFailure(await varvel('keys', 'reconcile', 'bots'), 2, /Nothing to do/, /--forget or --revoke/);
  expectFailure(await varvel('keys', 'reconcile', '--forget', '--revoke'), 2, /either/, /./);
  expectFailure(await varvel('keys', 'reconcile', '--forget'), 2, /No keys given/, /--all/);
});

test('what another program changed while the question waited is named and left as it is', async () => {
  const { sandbox, env, varvel, varvelWith } = machine();
  const ofTeam = (await keysOf(sandbox)).filter(({ account }) => account === 'night-shift');
  const [added, ...others] = ofTeam;
  if (!added || others.length === 0) throw new Error('night-shift has too few keys');
  const used = others[0]?.key_id ?? '';
  const screen = await typed(
    `${varvelProgram} keys reconcile --account night-shift --revoke --all`,
    [
      async () => {
        await varvelWith({ input: added.key }, 'keys', 'add', 'mine-now', '--stdin');
        await machine().control('revoke', { key_id: used });
        return 'yes';
      },
    ],
    { ...env, TERM: 'xterm' },
  );
  expect(screen).toMatch(/can’t be undone/);
  expect(screen).toMatch(new RegExp(`${added.key_id}.*Left as it is.*changed meanwhile: here and at fal`));
  expect(screen).toMatch(new RegExp(`${used}.*neither here nor at fal`));
  const left = (await keysOf(sandbox)).filter(({ account }) => account === 'night-shift');
  expect(left.map(({ key_id }) => key_id)).toEqual([added.key_id]);
  expect(await varvel('keys', 'test', 'mine-now')).toMatchObject({ code: 0 });
});

test('a key that works is not taken for a revoked one, though fal’s list doesn’t have it', async () => {
  const { sandbox, data, varvelWith } = machine();
  const known = await create('known');
  const { key } = await keyOf(sandbox, 'ada-example', 'API');
  await varvelWith({ input: key }, 'keys', 'add', 'unlisted', '--stdin');
  const id = key.split(':')[0] ?? '';
  // the list of ada's keys is late by this one, as far as this database knows
  const database = new DatabaseSync(join(data, 'state.db'));
  database
    .prepare(
      'UPDATE keys SET (account_id, account_nickname) = (SELECT account_id, account_nickname FROM keys WHERE id = ?) WHERE id = ?',
    )
    .run(known, id);
  database.close();
  expect(await placesOf(id)).toEqual(['both']);
  expect((await reconcile('--forget', '--all', '--yes')).forgotten).toEqual([]);
  expect((await varvelWith({}, 'keys', 'reveal', 'unlisted')).stdout).toBe(`${key}\n`);
});
