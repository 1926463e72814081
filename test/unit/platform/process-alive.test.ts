import { readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAlive, isElsewhere, markOf, ownMark } from '../../../platform/process/process-alive.ts';

const isLinux = process.platform === 'linux';

test.runIf(isLinux)('a process of another PID namespace can’t be told to be gone', () => {
  const { pid, started } = ownMark();
  const [boot, ticks] = started.split('/');
  expect(started).toBe(`${boot}/${ticks}/${readlinkSync('/proc/self/ns/pid')}`);
  expect(isElsewhere({ pid, started })).toBe(false);
  expect(isElsewhere({ pid, started: `${boot}/${ticks}/pid:[1]` })).toBe(true);
  // after a restart all are gone, and an older Varvel didn't say where it ran
  expect(isElsewhere({ pid, started: `another-boot/${ticks}/pid:[1]` })).toBe(false);
  expect(isElsewhere({ pid, started: `${boot}/${ticks}` })).toBe(false);
});

test.runIf(isLinux)('a mark of an older Varvel is still this process’s', () => {
  const { pid, started } = ownMark();
  const older = started.split('/').slice(0, 2).join('/');
  expect(isAlive({ pid, started: older })).toBe(true);
  expect(isAlive({ pid, started: `${older}1` })).toBe(false);
  expect(markOf(1).pid).toBe(1);
  expect(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).toContain(older.split('/')[0]);
});
