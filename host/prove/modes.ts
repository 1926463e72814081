import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWindows } from '../../platform/process/is-windows.ts';
import { type Bench, holds, Lacking } from './bench.ts';

/** The real data folder, which is only looked at, and what the proofs before have written as any command would. */
export async function proveModes({ data, folder }: Bench): Promise<string> {
  if (isWindows()) throw new Lacking('Windows has no such modes.');
  const paths = [data, join(folder, 'writers')].flatMap((root) => [
    root,
    ...readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)),
  ]);
  const open = paths.filter((path) => isOpenToOthers(path));
  holds(open.length === 0, `Others can open ${open.slice(0, 3).join(', ')}.`);
  return `${paths.length} files and folders, none that others can open`;
}

function isOpenToOthers(path: string): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false });
  return there !== undefined && (there.isFile() || there.isDirectory()) && (there.mode & 0o077) !== 0;
}
