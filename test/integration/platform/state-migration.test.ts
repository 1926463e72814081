import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openState } from '../../../platform/state/open-state.ts';
import { migrations } from '../../../platform/state/schema.ts';
import { raceChildren, runChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

const backups = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.bak'));

function filled(folder: string): string {
  const state = openState(folder);
  state.settings.set('name', 'old');
  state.close();
  return join(folder, 'state.db');
}

test('eight processes that update the database at once do it once, after one backup', async () => {
  using folder = temporaryFolder();
  const path = filled(folder.path);
  const step = 'CREATE TABLE later (a TEXT) STRICT';
  expect(await raceChildren(8, 'migrate', [folder.path, step])).toEqual(
    Array.from({ length: 8 }, () => ({ code: 0, lines: ['ready', 'migrated old'], errors: '' })),
  );
  expect(backups(folder.path)).toEqual([`state.db.v${migrations.length}.bak`]);
  const backup = join(folder.path, `state.db.v${migrations.length}.bak`);
  expect(statSync(backup).mode & 0o777).toBe(0o600);
  const old = new DatabaseSync(backup, { readOnly: true });
  expect(old.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
  expect(old.prepare("SELECT value FROM settings WHERE name = 'name'").get()).toEqual({ value: 'old' });
  old.close();
  expect(existsSync(path)).toBe(true);
});

test('a program that was open while a newer version updated the database changes nothing in it any more', () => {
  using folder = temporaryFolder();
  filled(folder.path);
  const old = openState(folder.path);
  expect(old.settings.get('name')).toBe('old');
  const updated = openState(folder.path, { steps: [...migrations, 'CREATE TABLE later (a TEXT) STRICT'] });
  const newer = expect.objectContaining({ code: 'state_newer' });
  expect(() => old.settings.set('name', 'of the old program')).toThrow(newer);
  expect(() => old.transaction(() => old.settings.set('name', 'of the old program'))).toThrow(newer);
  expect(() => old.settings.get('name')).toThrow(newer);
  expect(updated.settings.get('name')).toBe('old');
  old.close();
  updated.settings.set('name', 'new');
  expect(updated.settings.get('name')).toBe('new');
  updated.close();
});

test('an update that fails leaves the database as it was, and a second try keeps both backups', () => {
  using folder = temporaryFolder();
  filled(folder.path);
  const broken = [...migrations, 'CREATE TABLE later (a TEXT) STRICT; INSERT INTO later VALUES (1, 2)'];
  for (let n = 0; n < 2; n++) expect(() => openState(folder.path, { steps: broken })).toThrow();
  const state = openState(folder.path);
  expect(state.settings.get('name')).toBe('old');
  state.close();
  expect(backups(folder.path).sort()).toEqual([
    `state.db.v${migrations.length}-2.bak`,
    `state.db.v${migrations.length}.bak`,
  ]);
});

test.runIf(existsSync('/usr/bin/strace'))(
  'the backup is flushed by a handle that may write, which is the only one that Windows flushes',
  async () => {
    using folder = temporaryFolder();
    filled(folder.path);
    const log = join(folder.path, 'strace.log');
    const under = ['strace', '-f', '-o', log, '-e', 'trace=openat,fsync'];
    const step = 'CREATE TABLE later (a TEXT) STRICT';
    expect(await runChild('migrate', [folder.path, step], { under })).toMatchObject({ code: 0 });
    const calls = readFileSync(log, 'utf8').split('\n');
    // node:fs opens with O_CLOEXEC alone, SQLite with O_NOFOLLOW too
    const at = calls.findLastIndex((call) => /\.bak\.part", O_\w+\|O_CLOEXEC\)/.test(call));
    const [, how, handle] = calls[at]?.match(/part", (\w+)\|O_CLOEXEC\) = (\d+)/) ?? [];
    expect(how).toBe('O_RDWR');
    expect(calls.slice(at).some((call) => call.includes(`fsync(${handle})`))).toBe(true);
  },
);

test('a fresh database needs no backup', () => {
  using folder = temporaryFolder();
  filled(folder.path);
  expect(backups(folder.path)).toEqual([]);
});

// homes were made by these; who wants another table adds a step
const published = [
  '5d04429c88863c8b5880e74daf7ff923843d89e8ce937919291dd0b08120a0fe',
  '604de495ed6c07975ba38db174e442f14fef71b348ab79e87f5164af26342e9a',
  '22418e70c5a39d591802c29097a160c03e4b1bc799da68befc6fbd64a3a528c3',
  'dd5c082fa012988026444687ca1a8d91d262213dd72024fe708726e4056e9179',
  'e648fd889536fe424e8675468082a4f5d2e0d7181d815765da436463714c0f34',
  'ecfc3b017cc172d21bda1410de33e03bb3381887903245705e184a2f27a4c424',
  '4ff72a537b474d793ea37f27387260c88859ac8d6d3492e048408683d2817088',
  '12c0de6821ab249ad3a63c72e09ea2b09ef4e06aad46f2cf9ddeaf0e908c48c8',
  '061632c7114aaea3c4e2f3d7c17f8acbc777f513de1f09cb0ef8e7eac6d42236',
  '41fe1b70013657b5f897f6bd2a2b649fbf6e71cccf9b031fa62303a46cdd9ff9',
  'a0389313f2975616a7ec10aee018f87162bd1bfd0d6d5e40cd18552d4842592d',
  '28f6e47fac4eccc9234afb13cc604cc22c3badb2ce61b2e56ce5897532c19b38',
  '3a52eb31f846ba0b0129e83685e4347c140ca0d5d38236a1f8624aad00763a42',
  '8cbf76f36560055daf6caa0254a42dd46e4315060644d30373d405c3365dd8a2',
  '33f1f2351d351fb61f35136329d751e2fe1b2cc0b9a558ceada96d2059918ff4',
  'ce17a4f731ecd380481e7c580e25c9db8a14dec13ac48fbe6c4ffd64f4eb02c3',
  'f1f396d3aa6bfdb328dca55a6093bd86d75f7e40628651f85c2cdded18fbb329',
];

test('a step that homes were made by is never changed', () => {
  const hashes = migrations.map((step) => createHash('sha256').update(step).digest('hex'));
  expect(hashes.slice(0, published.length)).toEqual(published);
});

test('a home made before pins were remembered keeps its profiles, and remembers pins from then on', () => {
  using folder = temporaryFolder();
  const profile = { name: 'mine', account: null, keyId: null, host: null, color: 'teal', note: null };
  const old = openState(folder.path, { steps: migrations.slice(0, 1) });
  old.profiles.put(profile);
  old.close();
  const state = openState(folder.path);
  const before = state.topics();
  state.pins.put({ folder: '/work', profile: 'mine' });
  expect(state.pins.all()).toEqual([{ folder: '/work', profile: 'mine' }]);
  expect(state.topics()).toEqual({ ...before, exports: before.exports + 1 });
  expect(state.profiles.all()).toEqual([profile]);
  state.close();
  // one before each step
  expect(backups(folder.path).sort()).toEqual(
    migrations
      .slice(1)
      .map((_, index) => `state.db.v${index + 1}.bak`)
      .sort(),
  );
});

test('a home whose verdicts said what to do next keeps them without, and a copy with', () => {
  using folder = temporaryFolder();
  openState(folder.path, { steps: migrations.slice(0, 2) }).close();
  const path = join(folder.path, 'state.db');
  const old = new DatabaseSync(path);
  old.exec(`INSERT INTO verdicts (key_id, kind, latency_ms, message, next, tested_at)
    VALUES ('one', 'locked', 40, 'Exhausted balance.', 'Top up.', 5)`);
  old.close();
  const state = openState(folder.path);
  const verdict = { kind: 'locked', scope: null, account: null, latencyMs: 40, testedAt: 5 } as const;
  expect(state.verdicts.get('one')).toEqual({ ...verdict, message: 'Exhausted balance.' });
  const { keys } = state.topics();
  state.verdicts.put('one', { ...verdict, kind: 'valid', message: 'Works.' });
  expect(state.verdicts.get('one')?.kind).toBe('valid');
  expect(state.topics().keys).toBeGreaterThan(keys);
  state.close();
  const backup = new DatabaseSync(join(folder.path, 'state.db.v2.bak'), { readOnly: true });
  expect(backup.prepare('SELECT next FROM verdicts').get()).toEqual({ next: 'Top up.' });
  backup.close();
});
