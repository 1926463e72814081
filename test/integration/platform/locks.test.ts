import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasCode } from '../../../core/model/error.ts';
import { createLocks } from '../../../platform/process/locks.ts';
import { runChild, startChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('eight processes that need the same lock take turns', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'count');
  writeFileSync(file, '0');
  const ended = await Promise.all(
    Array.from({ length: 8 }, () => runChild('count', [folder.path, file, '10'])),
  );
  expect(ended.map(({ errors }) => errors).join('')).toBe('');
  expect(readFileSync(file, 'utf8')).toBe('80');
});

test('calls within one process take turns too, and may fail', async () => {
  using folder = temporaryFolder();
  const locks = createLocks(folder.path);
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside++;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
    throw new Error('failed');
  };
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => locks.exclusive('same', work)));
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(most).toBe(1);
});

test('a lock is free again when its process is killed', async () => {
  using folder = temporaryFolder();
  const holder = startChild('hold-lock', [folder.path, 'session/google-oauth2|1']);
  await holder.printed(1);
  const locks = createLocks(folder.path);
  const refused = await locks
    .exclusive('session/google-oauth2|1', async () => 'in', 60)
    .catch((error) => error);
  expect(hasCode(refused, 'state_busy')).toBe(true);
  expect(await locks.exclusive('session/google-oauth2|2', async () => 'another name', 0)).toBe(
    'another name',
  );

  holder.process.kill('SIGKILL');
  await holder.ended;
  expect(await locks.exclusive('session/google-oauth2|1', async () => 'in', 0)).toBe('in');
});

test('a wait for a lock can be cancelled', async () => {
  using folder = temporaryFolder();
  const locks = createLocks(folder.path);
  const stop = new AbortController();
  const refused = await locks.exclusive('held', async () => {
    const waiting = locks.exclusive('held', async () => 'in', 600_000, stop.signal).catch((error) => error);
    stop.abort();
    return waiting;
  });
  expect(hasCode(refused, 'cancelled')).toBe(true);
});

test('waiting for a lock leaves the process responsive', async () => {
  using folder = temporaryFolder();
  const holder = startChild('hold-lock', [folder.path, 'busy']);
  await holder.printed(1);
  let turns = 0;
  const timer = setInterval(() => {
    turns++;
    if (turns === 5) holder.process.stdin?.end();
  }, 1);
  await createLocks(folder.path).exclusive('busy', async () => {});
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(5);
});

test('names that differ in letters a file system confuses are different locks', async () => {
  using folder = temporaryFolder();
  const locks = createLocks(folder.path);
  await locks.exclusive(
    'a/B',
    () => locks.exclusive('a/b', () => locks.exclusive('a_2fb', async () => {}, 0), 0),
    0,
  );
});
