import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { VarvelError } from '../../core/model/error.ts';
import { atomicWrite } from '../files/atomic-write.ts';
import { hasErrorCode } from '../files/error-code.ts';
import { fileError } from '../files/file-error.ts';
import { brokenFile, unreadableVault, wrongPassphrase } from './file-vault-error.ts';
import { openUnderPassphrase, sealUnderPassphrase } from './under-passphrase.ts';

/**
 * scrypt with N = 2^17, r = 8, p = 1: 128 MiB and about 0.3 s per try; OWASP's first recommendation for
 * scrypt (Password Storage Cheat Sheet).
 */
const workFactor = 17;

const restoreHint = 'Restore it from a backup. Without it, the secrets in this vault can’t be read.';

/** The vault's key pair, an age X25519 identity encrypted with the passphrase. */
export interface IdentityFile {
  path: string;
  /** SHA-256 of the file, hexadecimal: identifies it without opening it. */
  fingerprint: string;
  content: Uint8Array;
}

/** @returns null when there is none. @throws VarvelError `vault_unavailable` */
export async function readIdentityFile(path: string): Promise<IdentityFile | null> {
  try {
    const content = new Uint8Array(await readFile(path));
    return { path, content, fingerprint: fingerprintOf(content) };
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return null;
    throw unreadableVault(path, error);
  }
}

/**
 * Opens it; takes one scrypt.
 * @returns AGE-SECRET-KEY-1…
 * @throws VarvelError `wrong_passphrase`, or `vault_unavailable` when it is not such a file
 */
export async function openIdentityFile(file: IdentityFile, passphrase: string): Promise<string> {
  let text: string | null;
  try {
    text = await openUnderPassphrase(file.content, passphrase);
  } catch (error) {
    throw brokenFile(file.path, 'it is damaged, or not encrypted with a passphrase', restoreHint, error);
  }
  if (text === null) throw wrongPassphrase(file.path);
  const identity = text.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-1'));
  if (identity === undefined) throw brokenFile(file.path, 'it has no age X25519 identity', restoreHint);
  return identity.trim();
}

/**
 * Creates the vault's identity. If another process was faster, its file stays.
 * @returns the identity and its file's fingerprint, or null when another was faster
 * @throws VarvelError `storage_*`
 */
export async function createIdentityFile(
  path: string,
  passphrase: string,
): Promise<{ identity: string; fingerprint: string } | null> {
  const identity = await generateX25519Identity();
  const content = await sealIdentity(identity, passphrase);
  try {
    const isMine = await atomicWrite(path, content, { replace: false, isOwnData: true });
    return isMine ? { identity, fingerprint: fingerprintOf(content) } : null;
  } catch (error) {
    throw fileError(error, path, 'keep');
  }
}

/**
 * Encrypts the vault's identity with another passphrase.
 * @throws VarvelError `conflict` when another process has changed the file meanwhile, `storage_*`
 */
export async function replaceIdentityFile(
  { path, fingerprint }: IdentityFile,
  identity: string,
  passphrase: string,
): Promise<void> {
  const content = await sealIdentity(identity, passphrase);
  if ((await readIdentityFile(path))?.fingerprint !== fingerprint)
    throw new VarvelError('conflict', `Another program changed ${path} at the same time.`, 'Try again.');
  try {
    await atomicWrite(path, content, { isOwnData: true });
  } catch (error) {
    throw fileError(error, path, 'keep');
  }
}

const sealIdentity = async (identity: string, passphrase: string): Promise<Uint8Array> =>
  sealUnderPassphrase(
    `# public key: ${await identityToRecipient(identity)}\n${identity}\n`,
    passphrase,
    workFactor,
  );

/** Checks that an identity is valid. @throws VarvelError `vault_unavailable` */
export async function recipientOf(identity: string, origin: string): Promise<string> {
  try {
    return await identityToRecipient(identity);
  } catch (error) {
    if (error instanceof VarvelError) throw error;
    throw brokenFile(origin, 'its age identity is not valid', restoreHint, error);
  }
}

const fingerprintOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
