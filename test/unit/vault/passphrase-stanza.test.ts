import { Decrypter, Encrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import { passphraseIdentity, passphraseRecipient } from '../../../platform/vault/passphrase-stanza.ts';

const text = 'AGE-SECRET-KEY-…';
const passphrase = 'pässword 🦅';
const logN = 10;

async function sealedHere(): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(passphrase, logN));
  return encrypter.encrypt(text);
}

async function openedHere(content: Uint8Array, typed: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(passphraseIdentity(typed));
  return decrypter.decrypt(content, 'text');
}

test("what is sealed here opens with the library's own passphrase", async () => {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  expect(await decrypter.decrypt(await sealedHere(), 'text')).toBe(text);
});

test("what the library's own passphrase sealed opens here", async () => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(logN);
  expect(await openedHere(await encrypter.encrypt(text), passphrase)).toBe(text);
});

test('a wrong passphrase opens nothing', async () => {
  await expect(openedHere(await sealedHere(), 'other')).rejects.toThrow('no identity matched');
});

test.each(['21', '64', '0', 'ten'])(
  'a work factor of %s is refused before any work is done',
  async (factor) => {
    const sealed = Buffer.from(await sealedHere()).toString('latin1');
    const changed = sealed.replace(/(-> scrypt \S+) 10/, `$1 ${factor}`);
    await expect(openedHere(new Uint8Array(Buffer.from(changed, 'latin1')), passphrase)).rejects.toThrow(
      'scrypt',
    );
  },
);

test('a file for a key instead of a passphrase is told apart from a wrong passphrase', async () => {
  const encrypter = new Encrypter();
  encrypter.addRecipient('age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p');
  await expect(openedHere(await encrypter.encrypt(text), passphrase)).rejects.toThrow(
    'not encrypted with a passphrase',
  );
});
