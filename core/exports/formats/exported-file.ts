import type { ExportedFileState } from '../../model/machine/export-record.ts';
import type { FileFormat } from './formats.ts';

/** A file that a key was exported to. */
export interface ExportedFile {
  path: string;
  /** Null when only a newer version knows it. */
  format: FileFormat | null;
  variable: string;
  profile: string;
  keyId: string;
  state: ExportedFileState;
  /** Milliseconds since 1970. */
  at: number;
  /** The export can be undone. */
  undoable: boolean;
}
