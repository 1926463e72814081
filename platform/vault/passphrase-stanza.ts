import { randomBytes } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { type Identity, type Recipient, Stanza } from 'age-encryption';
import { scryptHere } from './scrypt.ts';

/**
 * The age format's scrypt recipient (C2SP age specification, "The scrypt recipient type"); age-encryption's own
 * blocks the process. The cipher is the one age-encryption uses, because Electron's crypto has none.
 */

const label = Buffer.from('age-encryption.org/v1/scrypt');
const saltBytes = 16;
const tagBytes = 16;
const fileKeyBytes = 16;
/** 1 GiB of memory; age and age-encryption have similar limits. */
const highestLogN = 20;
/** Each wrapping key is used once. */
const nonce = new Uint8Array(12);

/** @param logN the binary logarithm of scrypt's N; the memory needed is 2^logN KiB */
export function passphraseRecipient(passphrase: string, logN: number): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(saltBytes);
      const key = await wrappingKey(passphrase, salt, logN);
      const body = chacha20poly1305(key, nonce).encrypt(fileKey);
      const encodedSalt = salt.toString('base64').replaceAll('=', '');
      return [new Stanza(['scrypt', encodedSalt, String(logN)], body)];
    },
  };
}

/** Its unwrapFileKey answers null for a wrong passphrase, and throws for a malformed or too costly stanza. */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const [stanza] = stanzas;
      if (stanzas.length !== 1 || stanza?.args[0] !== 'scrypt')
        throw new Error('It is not encrypted with a passphrase.');
      const { salt, logN } = decodeArguments(stanza.args);
      if (stanza.body.length !== fileKeyBytes + tagBytes)
        throw new Error('Its file key has the wrong length.');
      const key = await wrappingKey(passphrase, salt, logN);
      try {
        return chacha20poly1305(key, nonce).decrypt(stanza.body);
      } catch {
        return null;
      }
    },
  };
}

function decodeArguments(args: string[]): { salt: Buffer; logN: number } {
  const [, encodedSalt = '', factor = ''] = args;
  const salt = Buffer.from(encodedSalt, 'base64');
  if (args.length !== 3 || salt.length !== saltBytes || !/^[1-9][0-9]?$/.test(factor)) {
    throw new Error('Its scrypt stanza is malformed.');
  }
  const logN = Number(factor);
  if (logN > highestLogN) throw new Error('Its scrypt work factor is too high.');
  return { salt, logN };
}

const wrappingKey = (passphrase: string, salt: Buffer, logN: number): Promise<Uint8Array> =>
  scryptHere(passphrase, Buffer.concat([label, salt]), logN);
