import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import type { GitObjectKind } from '../../core/model/machine/key-copy.ts';
import type { ByteScanner, Span } from '../../core/ports/sources.ts';
import { smallText } from '../files/small-text.ts';
import { type GitRun, longestSilenceMs, startGit, streamGit } from '../git/git-stream.ts';
import { readObjects } from '../git/object-stream.ts';
import { createParts, type FoundInParts } from './parts.ts';

/** Something found in an object of a repository. */
export interface FoundInObject<Found> extends FoundInParts<Found> {
  id: string;
  object: GitObjectKind;
  commit: string | null;
  path: string | null;
}

/** Whether a folder is a repository's own folder, such as `.git`, by the names in it. */
export const isRepository = (names: readonly string[]): boolean =>
  ['HEAD', 'objects', 'refs'].every((name) => names.includes(name));

/** The largest file that only names a folder, in bytes. */
const longestLink = 4096;

/**
 * The repository that a `.git` file leads to: of a submodule or another work tree. Null when it leads nowhere.
 */
export function repositoryOf(gitFile: string): string | null {
  const [, given] = smallText(gitFile, longestLink)?.match(/^gitdir: (.+?)\s*$/) ?? [];
  if (given === undefined) return null;
  const folder = resolve(dirname(gitFile), given);
  const common = smallText(join(folder, 'commondir'), longestLink)?.trim();
  const repository = common ? resolve(folder, common) : folder;
  return existsSync(join(repository, 'objects')) ? repository : null;
}

/**
 * Searches every object of a repository once, also those that no commit leads to. None of its programs runs, nothing is
 * fetched.
 * @returns also how many objects git couldn't read
 * @throws VarvelError `not_found` without git, `unexpected` when git can't read it, `cancelled`
 */
export async function searchHistory<Found extends Span>(
  repository: string,
  scanner: ByteScanner<Found>,
  signal: AbortSignal,
  progress: (counts: { objects: number; bytes: number }) => void,
): Promise<{ found: FoundInObject<Found>[]; unreadable: number }> {
  const where = ['--git-dir', repository];
  const found: FoundInObject<Found>[] = [];
  const parts = createParts({ scanner });
  let current: { id: string; kind: GitObjectKind } = { id: '', kind: 'blob' };
  let bytes = 0;
  let unreadable = 0;
  const take = readObjects({
    begin(object) {
      current = object;
      bytes = 0;
      parts.begin();
    },
    part(output) {
      bytes += output.length;
      parts.add(output);
    },
    unreadable() {
      unreadable += 1;
    },
    end() {
      for (const each of parts.end())
        found.push({ ...each, id: current.id, object: current.kind, commit: null, path: null });
      progress({ objects: 1, bytes });
    },
  });
  const args = ['cat-file', '--batch', '--batch-all-objects', '--unordered', '--buffer'];
  await streamGit({ where, args, silentMs: longestSilenceMs, signal }, (output) => {
    take(output);
    return true;
  });
  return { found: await located(where, found, signal), unreadable };
}

/** As many objects are named to git, each in an argument; for more it lists all changes, which takes longer. */
const mostNamed = 200;

/** Adds the oldest commit that has an object, and the path of a file's content in it. */
async function located<Found>(
  where: readonly string[],
  found: FoundInObject<Found>[],
  signal: AbortSignal,
): Promise<FoundInObject<Found>[]> {
  const wanted = new Set(found.filter(({ object }) => object === 'blob').map(({ id }) => id));
  const places = wanted.size > 0 ? await placesOf(where, wanted, signal) : new Map<string, Place>();
  return found.map((each) => {
    if (each.object === 'commit') return { ...each, commit: each.id };
    return { ...each, ...places.get(each.id) };
  });
}

interface Place {
  commit: string;
  path: string;
}

/** Where objects are. Those that git can't tell, in a damaged or incomplete repository, are left out. */
async function placesOf(
  where: readonly string[],
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  const named = wanted.size > mostNamed ? [] : [...wanted].flatMap((id) => ['--find-object', id]);
  let left = wanted.size;
  const listed: GitRun = {
    where,
    args: ['rev-list', '--all', '--reflog', '--topo-order', '--reverse'],
    signal,
  };
  const commits = startGit(listed);
  commits.stdin.end();
  commits.stderr.resume();
  commits.on('error', () => undefined);
  const compare = ['diff-tree', '--stdin', '--root', '-r', '-m', '-z', '--raw', '--no-renames'];
  let rest = '';
  let commit = '';
  /** The object of a change whose path comes next. */
  let change: string | null = null;
  try {
    await streamGit(
      {
        where,
        args: [...compare, ...named],
        input: commits.stdout,
        signal,
      },
      (output) => {
        // latin1, so that a character in two parts stays whole
        const fields = (rest + output.toString('latin1')).split('\0');
        rest = fields.pop() ?? '';
        for (const field of fields) {
          if (change !== null) {
            const path = Buffer.from(field, 'latin1').toString();
            if (wanted.has(change) && !places.has(change)) {
              places.set(change, { commit, path });
              left -= 1;
            }
            change = null;
          } else if (field.startsWith(':')) change = field.split(' ')[3] ?? '';
          else commit = field.trim();
        }
        return left > 0;
      },
    );
  } catch (error) {
    if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
  } finally {
    commits.kill('SIGKILL');
  }
  return places;
}
