import type { FileFormat } from './formats.ts';

/**
 * `fresh`: it holds the key, and the profile still uses it; `stale`: it holds the key, which the profile uses no more;
 * `gone`: it holds the key no more.
 */
export const exportedFileStates = ['fresh', 'stale', 'gone'] as const;

/** A file that was given a key. */
export interface ExportedFile {
  path: string;
  /** Null when it is of a newer version. */
  format: FileFormat | null;
  variable: string;
  profile: string;
  keyId: string;
  state: (typeof exportedFileStates)[number];
  /** Milliseconds since 1970. */
  at: number;
  /** The export can be taken back. */
  undoable: boolean;
}
