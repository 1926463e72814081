import type { CopyPlace, NotSearched, Searched } from '../model/machine/key-copy.ts';

/** Something found in bytes, at a place in them. */
export interface Span {
  start: number;
  /** After its last byte. */
  end: number;
}

/** Searches bytes. */
export interface ByteScanner<Found extends Span> {
  /** How many bytes of a part the next one must begin with, so that nothing at the border is missed. */
  overlap: number;
  /** What is in the first `length` bytes, in order. */
  scan(bytes: Uint8Array, length: number): Found[];
}

/** What a scanner found, and where. The place's paths are real: they may hold what was searched for. */
export interface FoundAt<Found> {
  place: CopyPlace;
  found: Found;
  /** Of a place in a file; null for others. */
  file: { isText: boolean; size: number } | null;
}

export interface SearchWork<Found extends Span> {
  scanner: ByteScanner<Found>;
  found(at: FoundAt<Found>): void;
  /** Something that can't be searched. */
  notSearched(what: NotSearched): void;
  /** What was searched so far. Called now and then. */
  progress(searched: Searched): void;
  /** How long to leave the program to its other work after each turn, in milliseconds: a window must answer. */
  restMs: number;
  signal: AbortSignal;
}

export interface SearchLimits {
  /** The largest file to search, in bytes. */
  largest: number;
  /** Whether other file systems below the roots are entered. */
  otherFileSystems: boolean;
  /** Whether git's histories are searched. */
  history: boolean;
}

/** Files and git's histories, to search. */
export interface Sources {
  /**
   * The places in a home folder where programs leave what was typed or pasted: shells' histories and start-up files,
   * fal's, agents' transcripts and settings. Only those that are there.
   */
  usualPlaces(): Promise<string[]>;
  /** Whether a folder is a home folder, or holds one: too much to search unasked. */
  holdsHome(folder: string): Promise<boolean>;
  /**
   * Searches files and folders with all below them, each file once, and the histories of the git repositories there.
   * Follows no symbolic links below a root.
   * @throws VarvelError `not_found` for a root that doesn't exist, `cancelled`
   */
  search<Found extends Span>(
    roots: string[],
    limits: SearchLimits,
    work: SearchWork<Found>,
  ): Promise<Searched>;
  /**
   * What would be in the next commit of the repository around a folder.
   * @throws VarvelError `not_found` outside of a repository or without git, `unexpected` when git fails, `cancelled`
   */
  staged(folder: string, signal: AbortSignal): Promise<Staged>;
}

/** What is staged in a repository. */
export interface Staged {
  /** @throws VarvelError `unexpected` when git fails, `cancelled` */
  search<Found extends Span>(work: SearchWork<Found>): Promise<Searched>;
}
