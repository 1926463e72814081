import { VarvelError } from '../model/error.ts';
import type { CopyPlace, CopyStays, KeyCopy, NotSearched, Searched } from '../model/machine/key-copy.ts';
import type { ByteScanner, FoundAt, SearchLimits } from '../ports/sources.ts';
import type { Ports } from '../ports.ts';
import { hideSecrets } from './hide.ts';
import { type KnownKeys, readKnownKeys } from './known-keys.ts';
import { createRemoval, largestChanged, realPath } from './removal.ts';
import { createScanner, type Match } from './scanner.ts';

export type Find = ReturnType<typeof createFind>;

type Needs = Pick<Ports, 'state' | 'secrets' | 'files' | 'sources' | 'clock' | 'falConfigPath'>;

export interface FindRequest {
  /** Absolute paths of files and folders. */
  roots: string[];
  /** Also search where programs leave keys in the home folder. */
  home: boolean;
  /** Only these keys; null for all. */
  keyIds: string[] | null;
  limits: SearchLimits;
}

export interface FindWork {
  /** See SearchWork. */
  restMs: number;
  signal: AbortSignal;
  progress(searched: Searched & { copies: number }): void;
}

export interface Findings {
  /** The first `mostCopies`. */
  copies: KeyCopy[];
  /** How many there are. */
  count: number;
  /** How many of them Varvel did not put there itself. */
  strays: number;
  searched: Searched;
  notSearched: NotSearched[];
  /** Keys that couldn't be searched for. */
  left: KnownKeys['left'];
}

/** More copies are counted only. */
export const mostCopies = 20_000;

/** Finds copies of the keys in the vault, and removes them. */
export function createFind(ports: Needs) {
  const { state, sources, falConfigPath } = ports;

  async function scannerFor(
    keyIds: string[] | null,
  ): Promise<{ scanner: ByteScanner<Match>; left: KnownKeys['left'] }> {
    const { known, left } = await readKnownKeys(ports, keyIds);
    if (known.length === 0)
      throw new VarvelError(
        'not_found',
        left.length === 0 ? 'No keys to search for.' : 'The secrets of these keys aren’t in the vault.',
        'Add a key first: only keys in the vault are searched for.',
      );
    return { scanner: createScanner(known), left };
  }

  /** Collects what a search finds, with secrets in paths hidden. */
  function collect(
    scanner: ByteScanner<Match>,
    left: KnownKeys['left'],
    falConfig: string | null,
    { signal, progress, restMs }: FindWork,
  ) {
    const exported = new Set(state.exports.all().map(({ path, keyId }) => `${keyId} ${path}`));
    const findings: Omit<Findings, 'searched'> = { copies: [], count: 0, strays: 0, notSearched: [], left };
    const hide = (text: string) => hideSecrets(text, scanner);
    const work = {
      scanner,
      restMs,
      signal,
      found(at: FoundAt<Match>): void {
        const { keyId, part, form } = at.found;
        const place = placeOf(at, hide);
        const stays = staysBecause(at, place, exported, falConfig);
        findings.count += 1;
        if (stays !== 'exported' && stays !== 'fal_cli') findings.strays += 1;
        if (findings.copies.length < mostCopies) findings.copies.push({ keyId, part, form, place, stays });
      },
      notSearched: ({ path, kind, reason }: NotSearched): void =>
        void findings.notSearched.push({ path: hide(path), kind, reason: hide(reason) }),
      progress: (searched: Searched): void => progress({ ...searched, copies: findings.count }),
    };
    return { findings, work };
  }

  return {
    /** Whether a folder is too much to search unasked: a home folder, or one above it. */
    holdsHome: (folder: string): Promise<boolean> => sources.holdsHome(folder),

    /**
     * Searches files and git histories for keys.
     * @throws VarvelError `not_found` for a root that doesn't exist or without keys, `vault_*`, `cancelled`
     */
    async search({ roots, home, keyIds, limits }: FindRequest, work: FindWork): Promise<Findings> {
      const { scanner, left } = await scannerFor(keyIds);
      // a link to it, as managers of dotfiles make it, is that file, too
      const falConfig = falConfigPath && (await realPath(ports.files, falConfigPath));
      const collected = collect(scanner, left, falConfig, work);
      const all = [...roots, ...(home ? await sources.usualPlaces() : [])];
      const searched = await sources.search(all, limits, collected.work);
      return { ...collected.findings, searched };
    },

    /**
     * Searches what the next commit of the repository around a folder adds or changes.
     * @throws VarvelError `not_found` outside of a repository, `vault_*`, `unexpected`, `cancelled`
     */
    async searchStaged(folder: string, work: FindWork): Promise<Findings> {
      // git and the vault work at the same time: a commit waits for both
      const [staged, { known, left }] = await Promise.all([
        sources.staged(folder, work.signal),
        readKnownKeys(ports, null),
      ]);
      // without a key there is nothing to find, and no reason to stop a commit
      const collected = collect(createScanner(known), left, falConfigPath, work);
      const searched = await staged.search(collected.work);
      return { ...collected.findings, searched };
    },

    ...createRemoval(ports, scannerFor),
  };
}

function placeOf(at: FoundAt<Match>, hide: (text: string) => string): CopyPlace {
  switch (at.in) {
    case 'file':
      return { kind: 'file', path: hide(at.path), line: at.line };
    case 'staged':
      return { kind: 'staged', path: hide(at.path), line: at.line };
    case 'name':
      return { kind: 'name', path: hide(at.path) };
    case 'history': {
      const { repository, object, id, commit, path, line } = at;
      const shown = path === null ? null : hide(path);
      return { kind: 'history', repository: hide(repository), object, id, commit, path: shown, line };
    }
  }
}

/** @param exported the ids of keys with the files that Varvel exported them to */
function staysBecause(
  at: FoundAt<Match>,
  place: CopyPlace,
  exported: ReadonlySet<string>,
  falConfig: string | null,
): CopyStays | null {
  if (at.in !== 'file') return at.in;
  if (exported.has(`${at.found.keyId} ${at.path}`)) return 'exported';
  if (at.path === falConfig) return 'fal_cli';
  // a file that is shown by a hidden name can't be named
  if (place.path !== at.path) return 'name';
  if (!at.isText) return 'binary';
  return at.size > largestChanged ? 'too_large' : null;
}
