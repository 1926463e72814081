import { stat } from 'node:fs/promises';
import { VarvelError } from '../../core/model/error.ts';
import type { BackupFiles } from '../../core/ports.ts';
import { notAFile } from '../files/file-error.ts';
import { patchFile, readForPatch } from '../files/patch-file.ts';
import { readBounded } from '../files/read-bounded.ts';
import { openUnderPassphrase, sealUnderPassphrase } from './under-passphrase.ts';

/**
 * scrypt with N = 2^18, 256 MiB: age's own default. More than for the vault, since a backup is rarely opened and is
 * stored where others may find it.
 */
const workFactor = 18;

/** Enough for more than 100,000 profiles with notes, in bytes. */
const limit = 256 * 1024 * 1024;

/** The port for backups. */
export const createBackupFiles = (): BackupFiles => ({
  refuseToReplace,
  write: writeBackup,
  read: readBackup,
});

/** Both variants of the age format. */
const isAge = (content: Buffer): boolean =>
  content.toString('latin1', 0, 22).startsWith('age-encryption.org/v1') ||
  content.toString('latin1', 0, 34).startsWith('-----BEGIN AGE ENCRYPTED FILE-----');

/** As Varvel writes one: binary, and under a passphrase. One for recipients is somebody’s own. */
const mayBeBackup = (content: Buffer): boolean =>
  content.length === 0 || /^age-encryption\.org\/v1\n-> scrypt /.test(content.toString('latin1', 0, 40));

async function refuseToReplace(path: string): Promise<void> {
  const there = await readForPatch(path, { limit });
  if (there.bytes === null) return;
  throw mayBeBackup(there.bytes) ? alreadyExists(there.path) : noBackupThere(there.path);
}

async function writeBackup(
  path: string,
  text: string,
  passphrase: string,
  replace: boolean,
): Promise<string> {
  const content = await sealUnderPassphrase(text, passphrase, workFactor);
  const written = await patchFile(
    path,
    (before) => {
      if (before !== null && !replace) throw alreadyExists(path);
      if (before !== null && !mayBeBackup(before)) throw noBackupThere(path);
      return content;
    },
    { limit },
  );
  return written.path;
}

async function readBackup(path: string, passphrase: () => Promise<string>): Promise<string> {
  await refuseNamedPipe(path);
  const content = await readBounded(path, limit);
  if (content === null)
    throw new VarvelError('not_found', `File ${path} doesn’t exist.`, 'Use the path of a backup.');
  if (!isAge(content)) throw notABackup(path, 'it is not an age file');
  const given = await passphrase();
  let text: string | null;
  try {
    text = await openUnderPassphrase(content, given);
  } catch (error) {
    throw notABackup(path, 'it is damaged, or not encrypted with a passphrase', error);
  }
  if (text !== null) return text;
  throw new VarvelError('wrong_passphrase', `Wrong passphrase for ${path}.`, {
    action: 'enter_backup_passphrase',
  });
}

/** Opening one would wait until somebody writes, for ever. What a shell hands over by `<(…)` is a descriptor. */
async function refuseNamedPipe(path: string): Promise<void> {
  const status = await stat(path).catch(() => null);
  if (status?.isFIFO() && !/^\/(dev|proc)\//.test(path)) throw notAFile(path, 'a named pipe');
}

const noBackupThere = (path: string) =>
  new VarvelError(
    'conflict',
    `${path} isn’t a backup. It was not replaced.`,
    'Choose another file. A backup only replaces a backup.',
  );

const alreadyExists = (path: string) =>
  new VarvelError('conflict', `${path} already exists. It was not replaced.`, {
    action: 'replace_file',
  });

const notABackup = (path: string, why: string, cause?: unknown) =>
  new VarvelError('invalid', `${path} is not a Varvel backup: ${why}.`, 'Check that it is the right file.', {
    cause,
  });
