import { scrypt } from 'node:crypto';
import { scryptAsync } from '@noble/hashes/scrypt.js';

/** Derives 32 bytes; needs 2^logN KiB of memory. */
export type Scrypt = (passphrase: string, salt: Uint8Array, logN: number) => Promise<Uint8Array>;

const costOf = (logN: number) => ({ N: 2 ** logN, r: 8, p: 1, maxmem: 2 ** (logN + 10) + 2 ** 20 });

/** Node's own, on another thread; about twice as fast as the other. */
export const nativeScrypt: Scrypt = (passphrase, salt, logN) =>
  new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, costOf(logN), (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

/** In slices of 10 ms between which the process goes on. */
export const slicedScrypt: Scrypt = (passphrase, salt, logN) =>
  scryptAsync(passphrase, salt, { ...costOf(logN), dkLen: 32 });

/**
 * The one for this process. Electron's crypto computes scrypt twice, the first time on the main thread: Node's check of
 * the cost (ScryptTraits::AdditionalConfig) is a whole run where BoringSSL stands in for OpenSSL.
 */
export const scryptHere: Scrypt = process.versions.electron === undefined ? nativeScrypt : slicedScrypt;
