import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How many entries of a folder are looked at: more of them would take seconds. */
const mostEntries = 10_000;

/** The files in a path's folder: see `Files.beside`. A rename counts as a change on Linux and macOS. */
export async function filesBeside(
  path: string,
  { most, limit }: { most: number; limit: number },
): Promise<string[]> {
  const folder = dirname(path);
  const found: { path: string; changedAt: number }[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((each) => each.isFile()).slice(0, mostEntries)) {
    const other = join(folder, entry.name);
    const status = await lstat(other).catch(() => null);
    if (status?.isFile() && status.size > 0 && status.size <= limit)
      found.push({ path: other, changedAt: status.ctimeMs });
  }
  found.sort((one, next) => next.changedAt - one.changedAt);
  return found.slice(0, most).map((file) => file.path);
}
