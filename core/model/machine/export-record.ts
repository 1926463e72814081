/** A variable that was written to a file: which key, and how to check that it is still there. Never the value. */
export interface ExportRecord {
  /** Absolute, with symbolic links resolved. */
  path: string;
  variable: string;
  /** The file's format; see core/exports/formats. */
  format: string;
  profile: string;
  keyId: string;
  /** Random, hexadecimal; differs per record, so that equal values have different hashes. */
  salt: string;
  /** SHA-256 of salt and value, hexadecimal. */
  hash: string;
  /** The name in the vault of what undoes the export; null when it can't be undone. */
  undo: string | null;
  /** Milliseconds since 1970. */
  at: number;
}

/** A symbolic link that led to an exported file when it was exported to. */
export interface ExportLink {
  link: string;
  /** The file's. */
  path: string;
}

/**
 * `fresh`: it holds the key, and the profile still uses it; `stale`: it holds the key, but the profile uses another one;
 * `gone`: it no longer holds the key; `unknown`: that can't be told, as its folder is missing, or it can't be read.
 */
export const exportedFileStates = ['fresh', 'stale', 'gone', 'unknown'] as const;
export type ExportedFileState = (typeof exportedFileStates)[number];
