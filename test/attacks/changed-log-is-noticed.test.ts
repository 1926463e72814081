import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { ActivityEntry } from '../../core/model/activity.ts';
import { openState } from '../../platform/state/open-state.ts';
import { migrations } from '../../platform/state/schema.ts';
import { newMachine } from '../integration/cli/machine.ts';
import { raceChildren } from '../integration/platform/child.ts';
import { temporaryFolder } from '../integration/platform/temporary-folder.ts';
import { attackRounds, figure } from './figures.ts';

const machine = newMachine({ vault: 'file' });

const entry = (at: number): Omit<ActivityEntry, 'actor'> => ({
  at,
  kind: 'ran',
  identityId: null,
  account: 'ada',
  keyId: 'key',
  profile: 'studio',
  detail: `line ${at}`,
});

/** Adds lines as commands do, half of them with a change, and prunes now and then. */
function use(folder: string, lines: number): void {
  const state = openState(folder);
  for (let n = 0; n < lines; n += 1) {
    if (Math.random() < 0.5) state.activity.add(entry(n));
    else state.transaction(() => state.activity.add(entry(n)));
    if (n % 40 === 39) state.activity.removeBefore(n - 30);
  }
  state.transaction(() => state.activity.add(entry(lines)));
  state.close();
}

function check(folder: string) {
  const state = openState(folder);
  const found = state.activity.check();
  state.close();
  return found;
}

const change = (folder: string, sql: string, ...values: (string | number)[]) => {
  const database = new DatabaseSync(join(folder, 'state.db'));
  database.prepare(sql).run(...values);
  database.close();
};

const idsOf = (folder: string): number[] => {
  const database = new DatabaseSync(join(folder, 'state.db'), { readOnly: true });
  const ids = database.prepare('SELECT id FROM activity ORDER BY id').all();
  database.close();
  return ids.map(({ id }) => Number(id));
};

const columns = ['at', 'kind', 'identity_id', 'account', 'key_id', 'profile', 'detail', 'face', 'program'];

test('a line that another program changes or removes is noticed, and no use of Varvel is', () => {
  const counts = {
    'clean checks': 0,
    'lines changed': 0,
    'lines removed': 0,
    'not noticed': 0,
    'false alarms': 0,
  };
  for (let round = 0; round < 12 * attackRounds; round += 1) {
    using folder = temporaryFolder();
    use(folder.path, 20 + Math.floor(Math.random() * 100));
    const clean = check(folder.path);
    counts['clean checks'] += 1;
    if (clean.changed + clean.removed > 0) counts['false alarms'] += 1;
    const ids = idsOf(folder.path);
    const victim = ids[Math.floor(Math.random() * ids.length)] ?? 0;
    if (round % 3 === 0) {
      const column = columns[Math.floor(Math.random() * columns.length)];
      change(
        folder.path,
        `UPDATE activity SET ${column} = ? WHERE id = ?`,
        column === 'at' ? 7_777_777 : 'x',
        victim,
      );
      counts['lines changed'] += 1;
      if (check(folder.path).changed !== 1) counts['not noticed'] += 1;
    } else {
      // also the last ones, and also their seals
      const from = round % 3 === 1 ? victim : (ids.at(-2) ?? 0);
      const until = round % 3 === 1 ? victim : (ids.at(-1) ?? 0);
      change(folder.path, 'DELETE FROM activity WHERE id BETWEEN ? AND ?', from, until);
      if (round % 2) change(folder.path, 'DELETE FROM activity_seals WHERE id BETWEEN ? AND ?', from, until);
      counts['lines removed'] += until - from + 1;
      if (check(folder.path).removed !== until - from + 1) counts['not noticed'] += 1;
    }
    // and it stays noticed while the log goes on
    use(folder.path, 5);
    const { changed, removed } = check(folder.path);
    if (changed + removed === 0) counts['not noticed'] += 1;
  }
  expect(counts).toMatchObject({ 'not noticed': 0, 'false alarms': 0 });
  figure(0, 'a log that another program edits', counts);
});

test('eight processes that log at once, and older logs, raise no alarm', async () => {
  using folder = temporaryFolder();
  const old = openState(folder.path, { steps: migrations.slice(0, 6) });
  const database = new DatabaseSync(join(folder.path, 'state.db'));
  database.exec("INSERT INTO activity (id, at, kind, detail) VALUES (3, 1, 'ran', ''), (9, 2, 'ran', '')");
  database.close();
  old.close();
  const before = openState(folder.path);
  expect(before.activity.check()).toEqual({ sealed: 0, unsealed: 0, changed: 0, removed: 0 });
  before.close();
  const lines = 60 * attackRounds;
  const ended = await raceChildren(8, 'log-on', [folder.path, String(lines)]);
  expect(ended.map(({ code, errors }) => ({ code, errors }))).toEqual(
    Array.from({ length: 8 }, () => ({ code: 0, errors: '' })),
  );
  const { sealed, unsealed, changed, removed } = check(folder.path);
  expect({ changed, removed }).toEqual({ changed: 0, removed: 0 });
  expect(sealed + unsealed).toBe(8 * lines);
  figure(0, 'eight processes that log and check', { lines: 8 * lines, checks: 8 * lines, 'false alarms': 0 });
});

test('doctor says what another program did to the log', async () => {
  const { varvel, data } = machine();
  for (const name of ['one', 'two', 'three']) await varvel('profiles', 'create', name);
  expect((await varvel('doctor', '--offline')).stdout).toMatch(/✓ activity +Nobody has changed the log/);
  change(data, "DELETE FROM activity WHERE profile = 'two'");
  change(data, "UPDATE activity SET detail = 'x' WHERE profile = 'three'");
  const { stdout, code } = await varvel('doctor', '--offline');
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'Another program changed 1 line and removed 1 line of the activity log.',
  );
  expect(code).toBe(0);
});
