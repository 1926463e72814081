import { Decrypter, Encrypter } from 'age-encryption';
import { passphraseIdentity, passphraseRecipient } from './passphrase-stanza.ts';

/**
 * A text as an age file under a passphrase, which `age -d` opens.
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
 * Opens such a file; costs one scrypt.
 * @returns null when the passphrase is another
 * @throws what age-encryption throws for what is damaged or no such file
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
