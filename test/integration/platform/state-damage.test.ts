import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { hasCode } from '../../../core/model/error.ts';
import { fileMark } from '../../../platform/files/private-file.ts';
import { openState } from '../../../platform/state/open-state.ts';
import { quarantine } from '../../../platform/state/quarantine.ts';
import { raceChildren, runChild, startChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function filled(folder: string): string {
  const state = openState(folder);
  state.transaction(() => {
    for (let n = 0; n < 300; n++) state.settings.set(`name/${n}`, 'x'.repeat(500));
    state.settings.set('name', 'old');
  });
  state.close();
  return join(folder, 'state.db');
}

const asideIn = (folder: string) =>
  readdirSync(folder).filter((name) => /^state\.db\.damaged-[\d-]+$/.test(name));

test.each([
  {
    what: 'with another content',
    damage: (path: string) => writeFileSync(path, 'not a database. '.repeat(500)),
  },
  { what: 'of noise', damage: (path: string) => writeFileSync(path, randomBytes(20_000)) },
  { what: 'cut short', damage: (path: string) => truncateSync(path, 9_000) },
])('a database $what is kept under a new name, said so, and the next command works', async ({ damage }) => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  damage(path);
  const before = hashOf(path);

  const first = await runChild('open-once', [folder.path]);
  expect(first.lines.join()).toMatch(/^state_corrupt .*was moved to .*state\.db\.damaged-.*varvel doctor/);
  const [aside = '', ...more] = asideIn(folder.path);
  expect(more).toEqual([]);
  expect(first.lines.join()).toContain(aside);
  expect(hashOf(join(folder.path, aside))).toBe(before);

  const second = await runChild('open-once', [folder.path, 'write', 'name', 'new']);
  expect(second.lines).toEqual(['read new 0']);
  expect(hashOf(join(folder.path, aside))).toBe(before);
});

test('damage in the middle of the file is noticed at the read that meets it, with its log set aside too', () => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  const bytes = readFileSync(path);
  bytes.fill(0xaa, 4096 * 8);
  writeFileSync(path, bytes);
  const before = hashOf(path);

  const state = openState(folder.path);
  const read = () => {
    for (let n = 0; n < 300; n++) state.settings.get(`name/${n}`);
  };
  expect(read).toThrow(/was moved to/);
  const [aside = ''] = asideIn(folder.path);
  expect(hashOf(join(folder.path, aside))).toBe(before);
  // The same process goes on with an empty database, as a window that stays open does.
  expect(state.settings.get('name')).toBeNull();
  state.settings.set('name', 'new');
  state.close();
  expect(hashOf(join(folder.path, aside))).toBe(before);
});

test('processes that notice the damage at once set aside one file, and never the fresh one', async () => {
  for (let round = 0; round < 3; round++) {
    using folder = temporaryFolder();
    const path = filled(folder.path);
    writeFileSync(path, randomBytes(50_000));
    const before = hashOf(path);
    for (const { lines, errors } of await raceChildren(6, 'open-once', [folder.path, 'read-when-told'])) {
      expect(errors).toBe('');
      expect(lines[1]).toMatch(/^(state_corrupt|read null 0)/);
    }
    const aside = asideIn(folder.path);
    expect(aside).toHaveLength(1);
    expect(hashOf(join(folder.path, aside[0] ?? ''))).toBe(before);
    expect((await runChild('open-once', [folder.path, 'write', 'name', 'new'])).lines).toEqual([
      'read new 0',
    ]);
    expect(asideIn(folder.path)).toHaveLength(1);
  }
});

test('what is saved into a database that is set aside at that moment is not said to be saved', () => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  const state = openState(folder.path);
  const saving = () =>
    state.transaction(() => {
      state.settings.set('name', 'new');
      for (const part of ['-shm', '-wal', '']) renameSync(path + part, `${path}.damaged-2026-01-01${part}`);
    });
  expect(saving).toThrow(
    expect.objectContaining({
      code: 'state_corrupt',
      hint: { action: 'advice', text: expect.stringContaining('again') },
    }),
  );
  state.settings.set('name', 'newer');
  expect(state.settings.get('name')).toBe('newer');
  state.close();
});

test('a process that noticed the damage late leaves the fresh database alone, and says where the old one is', () => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  const old = fileMark(path) ?? '';
  const aside = `${path}.damaged-2026-01-01`;
  renameSync(path, aside);
  filled(folder.path);
  const fresh = fileMark(path);
  const error = quarantine(path, old, new Error('malformed'), () => {});
  expect(error.message).toContain(aside);
  expect(fileMark(path)).toBe(fresh);
  expect(readdirSync(folder.path).sort()).toEqual([
    'state.db',
    'state.db.damaged-2026-01-01',
    'state.db.lock',
  ]);
});

test('commands that run while the database gets damaged say so or work, and are killed without harm', async () => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  const writers = Array.from({ length: 4 }, (_, n) => startChild('write-on', [folder.path, `w${n}`]));
  for (let round = 1; round <= 8; round++) {
    await Promise.all(writers.map((writer) => writer.printed(writer.lines.length + 5)));
    const victim = round % writers.length;
    writers[victim]?.process.kill('SIGKILL');
    if (existsSync(path)) {
      const file = openSync(path, 'r+');
      writeSync(file, randomBytes(200), 0, 200, 0);
      closeSync(file);
    }
    await writers[victim]?.ended;
    writers[victim] = startChild('write-on', [folder.path, `v${round}`]);
  }
  await Promise.all(writers.map((writer) => writer.printed(writer.lines.length + 5)));
  for (const writer of writers) {
    expect(writer.errors()).toBe('');
    writer.process.kill('SIGKILL');
    await writer.ended;
  }
  openState(folder.path).close();
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
  expect(existsSync(`${path}.moving`)).toBe(false);
});

test('an older damaged database stays when a second one is set aside on the same day', async () => {
  using folder = temporaryFolder();
  for (const content of ['first', 'second', 'third']) {
    rmSync(join(folder.path, 'state.db'), { force: true });
    writeFileSync(join(folder.path, 'state.db'), `${content} is no database. `.repeat(100));
    await runChild('open-once', [folder.path]);
  }
  const contents = asideIn(folder.path).map(
    (name) => readFileSync(join(folder.path, name), 'utf8').split(' ')[0],
  );
  expect(contents.sort()).toEqual(['first', 'second', 'third']);
});

test('a window that is open goes on in the new database after a command has set the old one aside', async () => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  const state = openState(folder.path);
  expect(state.settings.get('name')).toBe('old');
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(path + part)) renameSync(path + part, `${path}.damaged-2026-01-01${part}`);
  }
  await runChild('open-once', [folder.path, 'write', 'name', 'new']);
  expect(state.settings.get('name')).toBe('new');
  state.settings.set('name', 'newer');
  state.close();
  expect((await runChild('open-once', [folder.path])).lines).toEqual(['read newer 0']);
});

test.each(['-shm', '-wal', ''])(
  'setting aside that was killed halfway (before %s) is finished by the next command',
  async (next) => {
    using folder = temporaryFolder();
    const path = filled(folder.path);
    const target = `${path}.damaged-2026-01-01`;
    const parts = ['-shm', '-wal', ''];
    for (const part of ['-shm', '-wal']) writeFileSync(path + part, `old${part}`);
    const { dev, ino } = statSync(path);
    writeFileSync(`${path}.moving`, `state.db.damaged-2026-01-01\n${dev}:${ino}\n`);
    for (const part of parts.slice(0, parts.indexOf(next))) renameSync(path + part, target + part);

    expect((await runChild('open-once', [folder.path])).lines).toEqual(['read null 0']);
    expect(existsSync(`${path}.moving`)).toBe(false);
    expect(statSync(target).ino).toBe(ino);
    expect(readFileSync(`${target}-wal`, 'utf8')).toBe('old-wal');
    expect(readFileSync(`${target}-shm`, 'utf8')).toBe('old-shm');
  },
);

test('an emptied database whose log is left is set aside with its log', async () => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  truncateSync(path, 0);
  writeFileSync(`${path}-wal`, 'what is left');
  expect((await runChild('open-once', [folder.path])).lines.join()).toMatch(/^state_corrupt/);
  const [aside = ''] = asideIn(folder.path);
  expect(readFileSync(join(folder.path, `${aside}-wal`), 'utf8')).toBe('what is left');
});

test("another program's database at our path is set aside, not written to", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'state.db');
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE theirs (a)');
  other.close();
  expect((await runChild('open-once', [folder.path])).lines.join()).toMatch(/^state_corrupt/);
  const aside = new DatabaseSync(join(folder.path, asideIn(folder.path)[0] ?? ''));
  expect(aside.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([
    { name: 'theirs' },
  ]);
  aside.close();
});

test.each([{ log: false }, { log: true }])(
  "a newer version's database is refused and stays byte for byte (with a log: $log)",
  async ({ log }) => {
    using folder = temporaryFolder();
    const path = filled(folder.path);
    const newer = new DatabaseSync(path);
    newer.exec("PRAGMA user_version = 99; CREATE TABLE tomorrow (a); INSERT INTO tomorrow VALUES ('x')");
    // The database as it is while the newer program runs, its log still full.
    const parts = log ? ['', '-wal'] : [''];
    if (!log) newer.close();
    const copies = new Map(parts.map((part) => [part, readFileSync(path + part)]));
    if (log) newer.close();
    for (const [part, bytes] of copies) writeFileSync(path + part, bytes);

    const { lines } = await runChild('open-once', [folder.path, 'write', 'name', 'new']);
    expect(lines.join()).toMatch(/^state_newer .*database version 99.*Update/);
    for (const [part, bytes] of copies) expect(readFileSync(path + part).equals(bytes)).toBe(true);
    expect(asideIn(folder.path)).toEqual([]);
  },
);

test('a row that can only be a mistake is told as damage, not handed on', () => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  const database = new DatabaseSync(path);
  database.exec('DROP TABLE settings');
  database.close();
  const state = openState(folder.path);
  try {
    state.settings.get('name');
    expect.unreachable();
  } catch (error) {
    expect(hasCode(error, 'state_corrupt')).toBe(true);
  }
  state.close();
});
