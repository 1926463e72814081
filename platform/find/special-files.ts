import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { smallText } from '../files/small-text.ts';
import { longestSilenceMs, readGit } from '../git/git-stream.ts';
import { isRepository } from './history.ts';

/** How deep git's files are below a folder that a repository only leads to. */
const outsideDepth = 2;

/** The largest file that only names other files, in bytes, and how many places are followed: git follows fewer. */
const longestList = 1024 * 1024;
const mostPlaces = 100;

/** Where git reads from. */
type Place = { kind: 'repository' | 'objects' | 'config'; path: string };

/**
 * The first FIFO or device that git would open for a repository and then wait for forever: in its folder, or where that leads,
 * by a link, by the settings it includes, or by the objects it borrows. A socket can't be opened at all.
 * @throws VarvelError `cancelled`
 */
export async function specialFileFor(repository: string, signal: AbortSignal): Promise<string | null> {
  const places: Place[] = [{ kind: 'repository', path: repository }];
  const seen = new Set<string>();
  for (const place of places) {
    const { kind, path } = place;
    if (seen.has(`${kind} ${path}`) || seen.size === mostPlaces) continue;
    seen.add(`${kind} ${path}`);
    const depth = kind === 'repository' ? Number.POSITIVE_INFINITY : outsideDepth;
    const special = kind === 'config' ? specialOrNull(path) : specialFileIn(path, depth);
    if (special !== null) return special;
    places.push(...(await leadsTo(place, signal)));
  }
  return null;
}

/** Where git goes on reading from a place. */
async function leadsTo({ kind, path }: Place, signal: AbortSignal): Promise<Place[]> {
  if (kind === 'config') return includedIn(path, signal);
  if (kind === 'objects') return alternatesOf(path);
  const common = smallText(join(path, 'commondir'), longestList)?.trim();
  const shared = common ? resolve(path, common) : path;
  const isShared = shared !== path && isRepository(entriesOf(shared).map(({ name }) => name));
  return [
    { kind: 'config', path: join(path, 'config') },
    { kind: 'config', path: join(path, 'config.worktree') },
    ...alternatesOf(join(path, 'objects')),
    ...(isShared ? [{ kind: 'repository' as const, path: shared }] : []),
  ];
}

/** The folders that objects are borrowed from. */
function alternatesOf(objects: string): Place[] {
  const lines = smallText(join(objects, 'info', 'alternates'), longestList)?.split('\n') ?? [];
  return lines.flatMap((line) =>
    line === '' || line.startsWith('#') ? [] : [{ kind: 'objects' as const, path: resolve(objects, line) }],
  );
}

/** The files that a file of settings includes, whatever the condition. */
async function includedIn(config: string, signal: AbortSignal): Promise<Place[]> {
  const text = smallText(config, longestList);
  if (text === null || !/include/i.test(text)) return [];
  const args = [
    'config',
    '--file',
    config,
    '--no-includes',
    '-z',
    '--get-regexp',
    '^include(if\\..*)?\\.path$',
  ];
  try {
    const output = await readGit({ where: [], args, silentMs: longestSilenceMs, signal });
    return output
      .toString()
      .split('\0')
      .flatMap((entry) => {
        const given = entry.slice(entry.indexOf('\n') + 1);
        if (given === '') return [];
        const path = given.startsWith('~/')
          ? join(homedir(), given.slice(2))
          : resolve(dirname(config), given);
        return [{ kind: 'config' as const, path }];
      });
  } catch (error) {
    // it includes nothing, or git says what is wrong with it when it reads the repository
    if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
    return [];
  }
}

/** The first one in a folder. Behind a link to a folder it is looked for as deep as git's files are. */
function specialFileIn(folder: string, depth: number): string | null {
  const folders = [{ folder, depth }];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of entriesOf(next.folder)) {
      const path = join(next.folder, entry.name);
      if (isSpecial(entry)) return path;
      const isLink = entry.isSymbolicLink();
      const target = isLink ? statusOf(path) : entry;
      if (target === null) continue;
      if (isSpecial(target)) return path;
      if (!target.isDirectory() || next.depth === 0) continue;
      folders.push({ folder: path, depth: isLink ? Math.min(outsideDepth, next.depth - 1) : next.depth - 1 });
    }
  }
  return null;
}

const isSpecial = (file: Dirent | Stats): boolean =>
  file.isFIFO() || file.isCharacterDevice() || file.isBlockDevice();

function specialOrNull(path: string): string | null {
  const status = statusOf(path);
  return status && isSpecial(status) ? path : null;
}

/** Of what a path leads to; null when there is nothing. */
function statusOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/** Nothing for a folder that can't be read: git says so, too. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
