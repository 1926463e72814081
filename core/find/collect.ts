import {
  type CopyPlace,
  type CopyStays,
  type KeyCopy,
  largestChanged,
  type NotSearched,
  type Searched,
} from '../model/machine/key-copy.ts';
import type { FoundAt, SearchWork } from '../ports/sources.ts';
import type { Ports } from '../ports.ts';
import { hideSecrets } from './hide.ts';
import type { KnownKeys } from './known-keys.ts';
import type { KeyScanner, Match } from './scanner.ts';

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

/** What to search for, and whose files are no strays. */
export interface Collecting {
  scanner: KeyScanner;
  left: KnownKeys['left'];
  /** The fal CLI's file, with links resolved. */
  falConfig: string | null;
}

/** Collects what a search finds, with secrets in paths hidden. */
export function collect(
  { state }: Pick<Ports, 'state'>,
  { scanner, left, falConfig }: Collecting,
  { signal, progress, restMs }: FindWork,
): { findings: Omit<Findings, 'searched'>; work: SearchWork<Match> } {
  const exported = new Set(
    [...state.exports.all(), ...state.exports.doubts()].map(({ path, keyId }) => `${keyId} ${path}`),
  );
  const findings: Omit<Findings, 'searched'> = { copies: [], count: 0, strays: 0, notSearched: [], left };
  const hide = (text: string) => hideSecrets(text, scanner);

  /** Null for a copy that can be removed. */
  function staysBecause({ place, found, file }: FoundAt<Match>, shown: CopyPlace): CopyStays | null {
    if (place.kind !== 'file') return place.kind;
    if (exported.has(`${found.keyId} ${place.path}`)) return 'exported';
    if (place.path === falConfig) return 'fal_cli';
    // a file that is shown by a hidden name can't be named
    if (shown.path !== place.path) return 'name';
    if (!file?.isText) return 'binary';
    return file.size > largestChanged ? 'too_large' : null;
  }

  const work = {
    scanner,
    restMs,
    signal,
    found(at: FoundAt<Match>): void {
      const { keyId, part, form } = at.found;
      const place = masked(at.place, hide);
      const stays = staysBecause(at, place);
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

/** A place with the secrets in its paths hidden. */
function masked(place: CopyPlace, hide: (text: string) => string): CopyPlace {
  if (place.kind !== 'history') return { ...place, path: hide(place.path) };
  const { repository, path } = place;
  return { ...place, repository: hide(repository), path: path === null ? null : hide(path) };
}
