/** A variable that was written into a file: which key, and how to tell that it is still there. Never the value. */
export interface ExportRecord {
  /** The file itself, absolute, where the path given was a symbolic link. */
  path: string;
  variable: string;
  /** The file's format; see core/exports/formats. */
  format: string;
  profile: string;
  keyId: string;
  /** Random, hexadecimal; one for each record, so that equal values don't show. */
  salt: string;
  /** Of salt and value: SHA-256, hexadecimal. */
  hash: string;
  /** Under which name the vault keeps what was there before; null when it can't be undone. */
  undo: string | null;
  /** Milliseconds since 1970. */
  at: number;
}
