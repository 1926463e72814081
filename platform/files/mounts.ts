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

/**
 * Where a file is mounted by itself under another name, as a container's volume is; null for none, and where that isn't
 * known: another namespace's mounts can't be seen.
 */
export async function otherMountOf(path: string, mounted = systemTables.mounted): Promise<string | null> {
  const lines = await readFile(mounted, 'utf8').catch(() => '');
  const mounts = lines.split('\n').flatMap((line) => {
    const [, , device = '', root, point] = line.split(' ');
    return root === undefined || point === undefined
      ? []
      : [{ device, root: unescaped(root), point: unescaped(point) }];
  });
  const isUnder = (point: string) => point === '/' || path === point || path.startsWith(`${point}/`);
  const own = mounts
    .filter(({ point }) => isUnder(point))
    .reduce<(typeof mounts)[number] | null>(
      (best, mount) => (best && best.point.length > mount.point.length ? best : mount),
      null,
    );
  if (!own) return null;
  const within = `${own.root === '/' ? '' : own.root}/${path.slice(own.point === '/' ? 1 : own.point.length + 1)}`;
  const other = mounts.find(
    ({ device, root, point }) => device === own.device && root === within && point !== path,
  );
  return other?.point ?? null;
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
