import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openState } from '../../../platform/state/open-state.ts';
import { attackRounds, figure } from '../../attacks/figures.ts';
import { raceChildren, runChild, startChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** More for a soak: VARVEL_TEST_KILLS=1000. */
const writers = Number(process.env.VARVEL_TEST_KILLS ?? 300 * attackRounds);
const atOnce = 16;

test('eight commands that meet an empty home at the same moment all work', async () => {
  for (let round = 0; round < 3; round++) {
    using folder = temporaryFolder();
    expect(await raceChildren(8, 'open-once', [folder.path, 'read-when-told'])).toEqual(
      Array.from({ length: 8 }, () => ({ code: 0, lines: ['ready', 'read null 0'], errors: '' })),
    );
    expect(readdirSync(folder.path)).toContain('state.db');
  }
});

test('eight commands started at once on a fresh machine all work', async () => {
  using folder = temporaryFolder();
  const ended = await Promise.all(
    Array.from({ length: 8 }, (_, n) => runChild('write-settings', [folder.path, `w${n}`, '5'])),
  );
  expect(ended.map(({ code, errors }) => ({ code, errors }))).toEqual(
    Array.from({ length: 8 }, () => ({ code: 0, errors: '' })),
  );
  const state = openState(folder.path);
  for (const name of ended.flatMap(({ lines }) => lines)) expect(state.settings.get(name)).not.toBeNull();
  state.close();
});

test('whatever was saved is there after any crash, nothing is half saved, and others go on', {
  timeout: 60_000 * attackRounds,
}, async () => {
  using folder = temporaryFolder();
  const acknowledged: string[] = [];
  let killed = 0;

  const one = async (n: number): Promise<void> => {
    const dies = n % 2 === 0;
    const writer = startChild('write-settings', [folder.path, `w${n}`, dies ? '100000' : '8']);
    if (dies) {
      await writer.printed(Math.floor(Math.random() * 25));
      killed += writer.process.kill('SIGKILL') ? 1 : 0;
    }
    const code = await writer.ended;
    expect({ code, errors: writer.errors() }).toEqual({ code: dies ? null : 0, errors: '' });
    acknowledged.push(...writer.lines);
  };
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < writers) await one(next++);
    }),
  );

  expect(killed).toBe(writers / 2);
  const state = openState(folder.path);
  const missing = acknowledged.filter((name) => state.settings.get(name) === null);
  expect(missing).toEqual([]);
  state.close();

  const database = new DatabaseSync(join(folder.path, 'state.db'));
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  const half = database
    .prepare(
      `SELECT name FROM settings WHERE name NOT LIKE '%twin' AND length(value) > 1
       AND NOT EXISTS (SELECT 1 FROM settings twin WHERE twin.name = settings.name || '/twin')`,
    )
    .all();
  expect(half).toEqual([]);
  database.close();
  figure(11, 'writers of the database', {
    writers: writers,
    'writers killed': killed,
    'writes acknowledged': acknowledged.length,
    'writes lost or half': missing.length + half.length,
  });
});

test('work on a secret counts as left behind once its process is dead, and not before', async () => {
  using folder = temporaryFolder();
  const state = openState(folder.path);
  const holder = startChild('hold-intent', [folder.path, 'theirs']);
  await holder.printed(1);
  const own = state.intents.begin({ kind: 'forget_key', keyId: 'ours' });
  expect(state.intents.abandoned()).toEqual([]);

  holder.process.kill('SIGKILL');
  await holder.ended;
  const [left, ...more] = state.intents.abandoned();
  expect(more).toEqual([]);
  expect(left?.intent).toEqual({ kind: 'forget_key', keyId: 'theirs' });
  state.intents.end(left?.id ?? 0);
  state.intents.end(own);
  expect(state.intents.abandoned()).toEqual([]);
  state.close();
});

test('a process that keeps the database busy makes others say so, and leaves no half of their work', async () => {
  using folder = temporaryFolder();
  const state = openState(folder.path, { patienceMs: 50 });
  const holder = startChild('hold-transaction', [folder.path]);
  await holder.printed(1);
  expect(state.settings.get('theirs')).toBeNull();
  expect(() => state.settings.set('ours', 'x')).toThrow(expect.objectContaining({ code: 'state_busy' }));
  holder.process.kill('SIGKILL');
  await holder.ended;
  state.settings.set('ours', 'y');
  expect([state.settings.get('ours'), state.settings.get('theirs')]).toEqual(['y', null]);
  state.close();
});

test('a change that is thrown out of changes nothing', () => {
  using folder = temporaryFolder();
  const state = openState(folder.path);
  const failing = () =>
    state.transaction(() => {
      state.settings.set('name', 'x');
      throw new Error('changed my mind');
    });
  expect(failing).toThrow('changed my mind');
  expect(state.settings.get('name')).toBeNull();
  state.transaction(() => state.settings.set('name', 'y'));
  expect(state.settings.get('name')).toBe('y');
  state.close();
});

test('what commands add to the log of activities is there for the next, and the files stay small', async () => {
  using folder = temporaryFolder();
  const nothing = { identityId: null, account: null, keyId: null, profile: null };
  for (let n = 0; n < 600; n++) {
    const state = openState(folder.path);
    state.activity.add({ at: n, kind: 'ran', ...nothing, detail: `entry ${n}` });
    state.close();
    expect(statSync(join(folder.path, 'state.db-wal'), { throwIfNoEntry: false })?.size ?? 0).toBeLessThan(
      600_000,
    );
  }
  const { lines } = await runChild('open-once', [folder.path, 'log', 'the last']);
  expect(lines).toEqual(['read null 0']);
  const state = openState(folder.path);
  const entries = state.activity.list({ since: null, keyId: null, limit: 1000 });
  expect(entries).toHaveLength(601);
  expect(entries[0]?.detail).toBe('entry 599');
  expect(state.activity.list({ since: 598, keyId: null, limit: 1000 })).toHaveLength(2);
  state.close();
});
