import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { VarvelError } from '../../core/model/error.ts';
import type { Searched } from '../../core/model/machine/key-copy.ts';
import type { SearchLimits, SearchWork, Sources, Span } from '../../core/ports/sources.ts';
import { describeFileError, fileError } from '../files/file-error.ts';
import { homeFolder } from '../places/user-path.ts';
import { cancelled } from '../process/cancelled.ts';
import { isRepository, repositoryOf, searchHistory } from './history.ts';
import { createParts } from './parts.ts';
import { specialFileFor } from './special-files.ts';
import { staged } from './staged.ts';
import { usualPlaces } from './usual-places.ts';
import { type RawPath, readOnce, walk } from './walk.ts';

/** How long to work before the program's other work gets its turn, in milliseconds. */
const turnMs = 5;

export const createSources = (env: NodeJS.ProcessEnv): Sources => ({
  usualPlaces: async () => usualPlaces(env),
  holdsHome: async (folder) => isWithin(realOrSame(homeFolder(env)), realOrSame(folder)),
  search,
  staged,
});

async function search<Found extends Span>(
  roots: string[],
  limits: SearchLimits,
  work: SearchWork<Found>,
): Promise<Searched> {
  const searched: Searched = { files: 0, bytes: 0, repositories: 0, objects: 0 };
  const repositories = await searchFiles(outermost(roots), limits, work, searched);
  for (const repository of repositories) await searchRepository(repository, work, searched);
  work.progress(searched);
  return searched;
}

/** Roots with symbolic links resolved, without those below another one. @throws VarvelError `not_found`, `storage_*` */
function outermost(roots: string[]): string[] {
  const real = roots.map((root) => {
    try {
      return realpathSync(root);
    } catch (error) {
      if (!existsSync(dirname(root)) || !existsSync(root))
        throw new VarvelError('not_found', `${root} doesn’t exist.`, 'Check the path.', { cause: error });
      throw fileError(error, root, 'read');
    }
  });
  const others = [...new Set(real)];
  return others.filter((root) => !others.some((other) => other !== root && isWithin(root, other)));
}

const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || /^[A-Za-z]:/.test(way));
};

function realOrSame(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Searches files, and the names of everything. @returns the repositories on the way */
async function searchFiles<Found extends Span>(
  roots: string[],
  limits: SearchLimits,
  { scanner, found, notSearched, progress, restMs, signal }: SearchWork<Found>,
  searched: Searched,
): Promise<Set<string>> {
  const repositories = new Set<string>();
  const parts = createParts({ scanner });
  const largest = `it is larger than ${Math.round(limits.largest / 1024 ** 2)} MiB`;

  let turnEnds = performance.now() + turnMs;
  /** Lets the program's other work have its turn, if it is time. */
  async function pause(): Promise<void> {
    if (performance.now() > turnEnds) {
      progress(searched);
      await (restMs > 0 ? sleep(restMs) : nextTurn());
      turnEnds = performance.now() + turnMs;
    }
    if (signal.aborted) throw cancelled();
  }

  const into = {
    room: parts.room,
    wrote(count: number): void {
      parts.wrote(count);
      searched.bytes += count;
    },
  };

  async function searchFile(path: string, raw: RawPath): Promise<void> {
    parts.begin();
    for (const outcome of readOnce(raw, limits.largest, into)) {
      if (outcome === null) await pause();
      else if (outcome === 'too_large') notSearched({ path, kind: 'too_large', reason: largest });
      else if (outcome !== 'gone') {
        searched.files += 1;
        for (const { found: what, line } of parts.end())
          found({
            place: { kind: 'file', path, line },
            found: what,
            file: { isText: parts.looksLikeText(), size: outcome },
          });
      }
    }
  }

  function searchName(path: string): void {
    const name = basename(path);
    const bytes = Buffer.from(name);
    for (const what of scanner.scan(bytes, bytes.length))
      found({ place: { kind: 'name', path }, found: what, file: null });
  }

  // a repository's packs and loose objects are compressed: git reads them
  const leavesOut = (folder: string, name: string) =>
    name === 'objects' && repositories.has(folder) && limits.history;

  for (const root of roots) {
    for (const step of walk(root, { otherFileSystems: limits.otherFileSystems, leavesOut })) {
      await pause();
      if (step.kind === 'not_searched') {
        notSearched(step.what);
        continue;
      }
      searchName(step.path);
      if (step.kind === 'folder' && isRepository(step.names)) repositories.add(step.path);
      if (step.kind !== 'file') continue;
      const linked = basename(step.path) === '.git' ? repositoryOf(step.path) : null;
      if (linked !== null) repositories.add(realOrSame(linked));
      try {
        await searchFile(step.path, step.raw);
      } catch (error) {
        if (error instanceof VarvelError) throw error;
        notSearched({ path: step.path, kind: 'unreadable', reason: describeFileError(error) });
      }
    }
  }
  return limits.history ? repositories : new Set();
}

async function searchRepository<Found extends Span>(
  repository: string,
  { scanner, found, notSearched, progress, signal }: SearchWork<Found>,
  searched: Searched,
): Promise<void> {
  const unread = (why: string) =>
    notSearched({ path: repository, kind: 'unreadable', reason: `its history can’t be read: ${why}` });
  try {
    const special = await specialFileFor(repository, signal);
    if (special !== null) return unread(`${nameFrom(repository, special)} is a FIFO or a device`);
    const { found: results, unreadable } = await searchHistory(repository, scanner, signal, (counts) => {
      searched.objects += counts.objects;
      searched.bytes += counts.bytes;
      if (searched.objects % 256 === 0) progress(searched);
    });
    searched.repositories += 1;
    if (unreadable > 0)
      notSearched({
        path: repository,
        kind: 'unreadable',
        reason: `git can’t read ${unreadable} of its objects`,
      });
    for (const { found: what, ...where } of results)
      found({
        place: { kind: 'history', repository: workTreeOf(repository), ...where },
        found: what,
        file: null,
      });
  } catch (error) {
    if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
    unread(error.message.replace(/\.$/, ''));
  }
}

/** A path in a folder from there, any other one whole. */
function nameFrom(folder: string, path: string): string {
  const name = relative(folder, path);
  return name.startsWith('..') || isAbsolute(name) ? path : name;
}

/** The folder that people know a repository by. */
const workTreeOf = (repository: string): string =>
  basename(repository) === '.git' ? dirname(repository) : repository;
