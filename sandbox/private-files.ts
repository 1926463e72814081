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

/** Makes a new temporary folder only its owner can look into (0700, whatever the umask). */
export const privateTemporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'varvel-sandbox-'));
  chmodSync(folder, 0o700);
  return folder;
};

/** Makes a folder, and those above it that are missing, for its owner only. One that exists keeps its mode. */
export const privateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
};

/**
 * Writes a file for its owner only (0600), whole or not at all: beside it first, then renamed over it. A kill loses
 * nothing that was written; a power cut may, which a sandbox can bear better than waiting for the disk.
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
