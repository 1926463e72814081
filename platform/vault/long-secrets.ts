import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretStore } from '../../core/ports.ts';
import { atomicWrite } from '../files/atomic-write.ts';
import { hasErrorCode } from '../files/error-code.ts';
import { fileError } from '../files/file-error.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { brokenFile, damagedItem, unreadableVault } from './file-vault-error.ts';
import { decodeItem, encodeItem, type Item } from './item.ts';
import { assertStorable } from './storable.ts';

export interface LongSecretsOptions {
  /** For the files of long secrets; created on first use. */
  folder: string;
  /** How many bytes an item of the keychain may have. */
  limit: number;
}

const prefix = 'varvel-long-secret:';
const pointer = /^varvel-long-secret:([0-9a-f]{64}-[0-9a-f]{16}\.age):(AGE-SECRET-KEY-1[0-9A-Z]+)$/;
const itemHint = 'Restore it from a backup, or delete the secret and store it again.';
/** A file that nothing points at any more may belong to a process that is about to. It won't after a day. */
const abandonedMs = 24 * 60 * 60_000;

/**
 * Lets a keychain whose items are short hold longer secrets. A long one is in a file, encrypted with age to an identity
 * made for it alone; the keychain's item holds that identity and the file's name. So the secret is as safe as the item:
 * who can't read the item can't read the file.
 *
 * The file is written before the item that points at it, and the replaced file is deleted after: a crash leaves at most
 * a file that nobody can open.
 */
export function withLongSecrets(keychain: SecretStore, { folder, limit }: LongSecretsOptions): SecretStore {
  const needsFile = (secret: string): boolean =>
    Buffer.byteLength(secret) > limit || secret.startsWith(prefix);

  async function writeFile(item: Item): Promise<{ file: string; text: string }> {
    const { Encrypter, generateX25519Identity, identityToRecipient } = await import('age-encryption');
    const identity = await generateX25519Identity();
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(identity));
    const file = `${hashOf(item.name)}-${randomBytes(8).toString('hex')}.age`;
    try {
      makePrivateFolder(folder, () => true);
      await atomicWrite(join(folder, file), await encrypter.encrypt(encodeItem(item)), {
        isOwnData: true,
      });
    } catch (error) {
      throw fileError(error, join(folder, file), 'keep');
    }
    return { file, text: `${prefix}${file}:${identity}` };
  }

  async function readLong(name: string, file: string, identity: string): Promise<string> {
    const path = join(folder, file);
    let content: Uint8Array;
    try {
      content = new Uint8Array(await readFile(path));
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) throw brokenFile(path, 'it is missing', itemHint, error);
      throw unreadableVault(path, error);
    }
    const { Decrypter } = await import('age-encryption');
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    let item: Item | null;
    try {
      item = decodeItem(await decrypter.decrypt(content, 'text'));
    } catch (error) {
      throw damagedItem(path, 'it is damaged', itemHint, error);
    }
    if (item?.name !== name) throw damagedItem(path, 'it belongs to another secret', itemHint);
    return item.secret;
  }

  /** Deletes the file of a replaced item, and what crashes have left of this name. A failure leaves them for the next time. */
  async function deleteFiles(name: string, replaced: string | null, kept: string | null): Promise<void> {
    const files = await readdir(folder).catch((): string[] => []);
    for (const file of files) {
      if (file === kept || !file.startsWith(`${hashOf(name)}-`)) continue;
      const path = join(folder, file);
      const isOld = async () => Date.now() - (await stat(path)).mtimeMs > abandonedMs;
      if (file === replaced || (await isOld().catch(() => false)))
        await rm(path, { force: true }).catch(() => null);
    }
  }

  const fileOf = async (name: string): Promise<string | null> =>
    (await keychain.get(name))?.match(pointer)?.[1] ?? null;

  return {
    ...keychain,

    async get(name) {
      const text = await keychain.get(name);
      const [, file, identity] = text?.match(pointer) ?? [];
      return file && identity ? readLong(name, file, identity) : text;
    },

    async getAll(names) {
      const found = await keychain.getAll(names);
      for (const [name, text] of found) {
        const [, file, identity] = text.match(pointer) ?? [];
        if (file && identity) found.set(name, await readLong(name, file, identity));
      }
      return found;
    },

    async set(name, secret) {
      assertStorable(name, secret);
      const replaced = await fileOf(name);
      const written = needsFile(secret) ? await writeFile({ name, secret }) : null;
      await keychain.set(name, written?.text ?? secret);
      await deleteFiles(name, replaced, written?.file ?? null);
    },

    async delete(name) {
      const replaced = await fileOf(name);
      await keychain.delete(name);
      await deleteFiles(name, replaced, null);
    },
  };
}

const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex');
