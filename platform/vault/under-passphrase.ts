import { Decrypter, Encrypter } from 'age-encryption';
import { passphraseIdentity, passphraseRecipient } from './passphrase-stanza.ts';

/**
 * Encrypts a text with a passphrase, as an age file that `age -d` can open.
 * @param workFactor the binary logarithm of scrypt's N; the memory needed is 2^workFactor KiB
 */
export async function sealUnderPassphrase(
  text: string,
  passphrase: string,
  workFactor: number,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(passphrase, workFactor));
  return encrypter.encrypt(text);
}

/**
 * Decrypts such a file; takes one scrypt.
 * @returns null for a wrong passphrase
 * @throws age-encryption's error for a damaged or another kind of file
 */
export async function openUnderPassphrase(content: Uint8Array, passphrase: string): Promise<string | null> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(passphraseIdentity(passphrase));
  try {
    return await decrypter.decrypt(content, 'text');
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('no identity matched')) return null;
    throw error;
  }
}
