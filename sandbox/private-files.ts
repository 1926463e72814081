import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Creates a temporary folder for its owner only (0700, under any umask). */
export const privateTemporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'varvel-sandbox-'));
  chmodSync(folder, 0o700);
  return folder;
};

/** Creates a folder, and missing parents, for its owner only. An existing one keeps its mode. */
export const privateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
};

/**
 * Writes a file for its owner only (0600), completely or not at all: writes a new file beside it and renames it. A kill
 * loses nothing; a power cut may, which is fine for a sandbox that shouldn't wait for the disk.
 */
export const writePrivately = (path: string, text: string): void => {
  const beside = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  const file = openSync(beside, 'wx', 0o600);
  try {
    writeSync(file, text);
    closeSync(file);
    renameSync(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw cause;
  }
};
