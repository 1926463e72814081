import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where Linux lists what is to be mounted (fstab(5)), and what is (proc_pid_mountinfo(5)). */
const systemTables = { wanted: '/etc/fstab', mounted: '/proc/self/mountinfo' };

/**
 * Whether a path's folder is where the system mounts a disk, and none is mounted there now. False where that isn't known.
 */
export async function isUnmounted(path: string, { wanted, mounted } = systemTables): Promise<boolean> {
  const folder = dirname(path);
  try {
    const isWanted = (await mountPoints(wanted, 1)).has(folder);
    return isWanted && !(await mountPoints(mounted, 4)).has(folder);
  } catch {
    return false;
  }
}

/** @param column which one has the mount points */
async function mountPoints(table: string, column: number): Promise<Set<string>> {
  const lines = (await readFile(table, 'utf8')).split('\n').map((line) => line.trim());
  return new Set(
    lines.flatMap((line) => {
      const point = line.startsWith('#') ? undefined : line.split(/[ \t]+/)[column];
      return point === undefined ? [] : [unescaped(point).replace(/(?<=.)\/$/, '')];
    }),
  );
}

/** Both write spaces and the like in octal. */
const unescaped = (point: string): string =>
  point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
