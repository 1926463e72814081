import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateX25519Identity } from 'age-encryption';
import { sealUnderPassphrase } from '../../../platform/vault/under-passphrase.ts';

/** 2^10 instead of 2^17: a file says itself how much work its passphrase takes. */
const workFactor = 10;

let sealed: { passphrase: string; content: Promise<Uint8Array> } | null = null;

/**
 * Sets up a passphrase vault that opens in a moment, where a test is about something else: a real one takes a third of
 * a second of scrypt for each command.
 * @param folder the environment's, below VARVEL_HOME; created
 */
export async function setUpQuickVault(folder: string, passphrase: string): Promise<void> {
  if (sealed?.passphrase !== passphrase) sealed = { passphrase, content: seal(passphrase) };
  const items = join(folder, 'vault', 'items');
  await mkdir(items, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'vault', 'identity.age'), await sealed.content, { mode: 0o600 });
}

const seal = async (passphrase: string): Promise<Uint8Array> =>
  sealUnderPassphrase(`${await generateX25519Identity()}\n`, passphrase, workFactor);
