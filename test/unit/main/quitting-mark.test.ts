import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { becomeOnlyInstance, markQuitting } from '../../../main/app/quitting-mark.ts';

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'varvel-quitting-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { folder, path: join(folder, 'quitting.json') };
}

test('a start beside one that runs ends: that one shows its window', () => {
  expect(becomeOnlyInstance(newFolder().folder, () => false)).toBe(false);
});

test('a start beside one that is quitting waits for its end, however close that is', () => {
  for (const looks of [0, 1, 5]) {
    const { folder, path } = newFolder();
    markQuitting(folder);
    let left = looks;
    let locks = 0;
    const system = { now: () => 0, sleep: () => void left--, isAlive: () => left > 0 };
    expect(becomeOnlyInstance(folder, () => locks++ > 0 && left === 0, system)).toBe(true);
    expect(existsSync(path)).toBe(false);
  }
});

test('a mark that was left beside one that runs is waited for once', () => {
  const { folder } = newFolder();
  markQuitting(folder);
  let locks = 0;
  const lock = () => {
    locks += 1;
    return false;
  };
  const system = { now: () => 0, sleep: () => undefined, isAlive: () => false };
  expect(becomeOnlyInstance(folder, lock, system)).toBe(false);
  expect(locks).toBe(2);
});

test('one that doesn’t end is told after two minutes', () => {
  const { folder } = newFolder();
  markQuitting(folder);
  let now = 0;
  const sleep = (ms: number) => {
    now += ms;
  };
  const system = { now: () => now, sleep, isAlive: () => true };
  expect(() => becomeOnlyInstance(folder, () => false, system)).toThrow('not ended yet');
  expect(now).toBeGreaterThan(100_000);
});

test('a broken mark counts as none, and a folder that can’t be written stops no quit', () => {
  const { folder, path } = newFolder();
  for (const text of ['', '{', '{"pid":"1"}']) {
    writeFileSync(path, text);
    expect(becomeOnlyInstance(folder, () => false)).toBe(false);
  }
  markQuitting(join(folder, 'missing'));
});
