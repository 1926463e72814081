import type { FileFormat } from './formats.ts';

/**
 * `fresh`: it holds the key, and the profile still uses it; `stale`: it holds the key, but the profile uses another one;
 * `gone`: it no longer holds the key.
 */
export const exportedFileStates = ['fresh', 'stale', 'gone'] as const;

/** A file that a key was exported to. */
export interface ExportedFile {
  path: string;
  /** Null when only a newer version knows it. */
  format: FileFormat | null;
  variable: string;
  profile: string;
  keyId: string;
  state: (typeof exportedFileStates)[number];
  /** Milliseconds since 1970. */
  at: number;
  /** The export can be undone. */
  undoable: boolean;
}
