import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { type Identity, type Recipient, Stanza } from 'age-encryption';

/**
 * The scrypt recipient of the age format (C2SP age specification, "The scrypt recipient type") on Node's own scrypt:
 * the one in age-encryption is plain JavaScript and blocks the process about twice as long.
 */

const label = Buffer.from('age-encryption.org/v1/scrypt');
const saltBytes = 16;
const tagBytes = 16;
const fileKeyBytes = 16;
/** 1 GiB of memory; age and age-encryption refuse to go much further, too. */
const highestLogN = 20;
/** Each wrapping key is used once. */
const nonce = Buffer.alloc(12);
const cipher = 'chacha20-poly1305';

/** False where Node's crypto is built without the cipher of the age format (Electron's is). */
export function hasNativeStanza(): boolean {
  try {
    createCipheriv(cipher, Buffer.alloc(32), nonce, { authTagLength: tagBytes });
    return true;
  } catch {
    return false;
  }
}

/** @param logN the binary logarithm of scrypt's N; the memory needed is 2^logN KiB */
export function passphraseRecipient(passphrase: string, logN: number): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(saltBytes);
      const key = await wrappingKey(passphrase, salt, logN);
      const seal = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      const body = Buffer.concat([seal.update(fileKey), seal.final(), seal.getAuthTag()]);
      const encodedSalt = salt.toString('base64').replaceAll('=', '');
      return [new Stanza(['scrypt', encodedSalt, String(logN)], new Uint8Array(body))];
    },
  };
}

/** Its unwrapFileKey answers null for a wrong passphrase and throws for a stanza that is malformed or too costly. */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const [stanza] = stanzas;
      if (stanzas.length !== 1 || stanza?.args[0] !== 'scrypt')
        throw new Error('it is not under a passphrase');
      const { salt, logN } = decodeArguments(stanza.args);
      if (stanza.body.length !== fileKeyBytes + tagBytes)
        throw new Error('its file key has the wrong length');
      const key = await wrappingKey(passphrase, salt, logN);
      const open = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      open.setAuthTag(stanza.body.subarray(fileKeyBytes));
      try {
        return new Uint8Array(
          Buffer.concat([open.update(stanza.body.subarray(0, fileKeyBytes)), open.final()]),
        );
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
    throw new Error('its scrypt stanza is malformed');
  }
  const logN = Number(factor);
  if (logN > highestLogN) throw new Error('its scrypt work factor is too high');
  return { salt, logN };
}

function wrappingKey(passphrase: string, salt: Buffer, logN: number): Promise<Buffer> {
  const cost = { N: 2 ** logN, r: 8, p: 1 };
  const maxmem = 128 * cost.N * cost.r + 2 ** 20;
  return new Promise((resolve, reject) => {
    scrypt(passphrase, Buffer.concat([label, salt]), 32, { ...cost, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
