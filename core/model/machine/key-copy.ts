/** How a copy of a key is written. */
export const copyForms = ['plain', 'base64', 'url', 'json', 'utf16'] as const;
export type CopyForm = (typeof copyForms)[number];

/** What stands there: the whole key, or its secret half alone. */
export const copyParts = ['key', 'secret'] as const;
export type CopyPart = (typeof copyParts)[number];

/** Kinds of git objects that can hold a key: a file's content, a commit's or a tag's message, the names of files. */
export const gitObjectKinds = ['blob', 'commit', 'tag', 'tree'] as const;
export type GitObjectKind = (typeof gitObjectKinds)[number];

/**
 * Where a copy is. `file`: in a file, by line; `name`: in the name of a file or folder; `history`: in an object of a
 * git repository; `staged`: in a file as it is staged.
 */
export type CopyPlace =
  | { kind: 'file'; path: string; line: number }
  | { kind: 'name'; path: string }
  | {
      kind: 'history';
      repository: string;
      object: GitObjectKind;
      /** The object's id. */
      id: string;
      /** The oldest commit that has it; null when no commit does, or git can't tell. */
      commit: string | null;
      /** The file's path in that commit. */
      path: string | null;
      line: number;
    }
  | { kind: 'staged'; path: string; line: number };

/** A copy of a key outside of the vault. Never the secret. */
export interface KeyCopy {
  keyId: string;
  part: CopyPart;
  form: CopyForm;
  /** With masked paths: one that holds a secret shows none of it. */
  place: CopyPlace;
  /** Why Varvel leaves it alone when copies are removed; null for one that it can remove. */
  stays: CopyStays | null;
}

/**
 * Why a copy can't be removed: `history` (git keeps it), `name` (in the name of a file or folder), `staged` (change the file and stage it
 * again), `exported` (by Varvel: undo the export), `fal_cli` (the fal CLI's own file), `binary` or `too_large`.
 */
export const copyStays = ['history', 'name', 'staged', 'exported', 'fal_cli', 'binary', 'too_large'] as const;
export type CopyStays = (typeof copyStays)[number];

/** The largest file that is changed, in bytes. */
export const largestChanged = 32 * 1024 * 1024;

/** What removing copies came to. */
export interface CopyRemoval {
  /** What undoes it; null when nothing was changed. */
  undo: string | null;
  files: {
    path: string;
    /** How many copies are gone. */
    removed: number;
    /** How many stay. */
    left: number;
    /** Why the file is unchanged; null when it isn't. */
    problem: string | null;
  }[];
}

/** What was searched. */
export interface Searched {
  files: number;
  /** Of files and git objects. */
  bytes: number;
  repositories: number;
  /** Of git's histories. */
  objects: number;
}

/** Why something wasn't searched: it can't be read, is larger than the limit, or is left out as other file systems are. */
export const notSearchedKinds = ['unreadable', 'too_large', 'left_out'] as const;

export interface NotSearched {
  path: string;
  kind: (typeof notSearchedKinds)[number];
  /** In words. */
  reason: string;
}

/** How to remove copies: a reference in their place where its file's kind has one, or a mark in place of the secret. */
export const removalWays = ['replace', 'scrub'] as const;
export type RemovalWay = (typeof removalWays)[number];
