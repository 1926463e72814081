import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter, Encrypter } from 'age-encryption';
import type { VarvelError } from '../../core/model/error.ts';
import { type SecretStore, secretName } from '../../core/ports.ts';
import { atomicWrite } from '../files/atomic-write.ts';
import { hasErrorCode } from '../files/error-code.ts';
import { fileError } from '../files/file-error.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { syncFolder } from '../files/sync.ts';
import { sweep } from '../files/temporary.ts';
import { awayVault, brokenFile, damagedItem, otherVault, unreadableVault } from './file-vault-error.ts';
import {
  createIdentityFile,
  type IdentityFile,
  openIdentityFile,
  readIdentityFile,
  recipientOf,
} from './identity-file.ts';
import { decodeItem, encodeItem, type Item } from './item.ts';
import { openWith, type PassphraseSource } from './passphrase.ts';
import { assertName, assertStorable } from './storable.ts';

export interface FileVaultOptions {
  /** The vault's folder; created on first use. */
  folder: string;
  passphrase: PassphraseSource;
  /** See OpenVaultOptions. */
  knownItems?: () => string[];
  /** Whether a secret is known to be in this vault. */
  isKnown?: (name: string) => boolean;
  /** May hold the unlocked identity, by the fingerprint of identity.age; asked before the passphrase. */
  agent?: (fingerprint: string) => Promise<string | null>;
}

interface Opened {
  fingerprint: string;
  /** Whether it has opened one of the secrets that must be here. */
  isOurs: boolean;
  seal(text: string): Promise<Uint8Array>;
  unseal(content: Uint8Array): Promise<string>;
}

const itemHint = 'Restore it from a backup, or delete the file to give up this secret.';
const itemFile = /^[0-9a-f]{64}\.age$/;
/** How many files to read at a time when listing all names. */
const batch = 64;

/**
 * The passphrase vault, in the age format: `identity.age` holds an X25519 identity, encrypted with the passphrase. Each
 * secret has its own file, `items/SHA-256 of its name.age`, encrypted to that identity. So reading a secret takes one
 * file no matter how many there are, and processes that write different secrets don't conflict.
 *
 * Nothing is read or asked for before it is needed: a missing secret needs no passphrase.
 */
export function createFileVault(options: FileVaultOptions): SecretStore {
  const { folder, passphrase, agent, knownItems = () => [], isKnown = () => false } = options;
  const items = join(folder, 'items');
  const identityPath = join(folder, 'identity.age');
  let opening: Promise<Opened> | null = null;

  const pathOf = (name: string): string => join(items, fileName(name));

  /**
   * Opens the vault once per process, and again when its identity file has changed.
   * @param isSaving for what may be the only copy of a secret: under another passphrase, the vault that is open is still the same
   */
  const opened = async (isSaving = false): Promise<Opened> => {
    const before = await readIdentityFile(identityPath);
    const begun = opening ?? begin(before);
    const vault = await begun;
    const now = before ?? (await readIdentityFile(identityPath));
    if (now === null) throw gone();
    if (now.fingerprint === vault.fingerprint) return vault;
    if (isSaving && (await opensItems(vault))) return vault;
    if (opening === begun) opening = null;
    return opening ?? begin(now);
  };

  /** Forgets a failure, so that it can be tried again. */
  const begin = (file: IdentityFile | null): Promise<Opened> => {
    const begun = (file ? open(file) : setUp()).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    opening = begun;
    return begun;
  };

  const open = async (file: IdentityFile): Promise<Opened> => {
    const held = agent ? await agent(file.fingerprint) : null;
    if (held !== null) return withIdentity(held, file.fingerprint);
    const identity = await openWith(passphrase, async (given) => openIdentityFile(file, await given()));
    return withIdentity(identity, file.fingerprint);
  };

  const setUp = async (): Promise<Opened> => {
    await isSetUp();
    const chosen = await passphrase('set up');
    await createFolders();
    const made = await createIdentityFile(identityPath, chosen);
    if (made !== null) return withIdentity(made.identity, made.fingerprint);
    const file = await readIdentityFile(identityPath);
    if (file === null) throw gone();
    return withIdentity(await openIdentityFile(file, chosen), file.fingerprint);
  };

  /** False for a vault that nothing was stored in yet. @throws VarvelError `vault_unavailable` for one that isn't there */
  const isSetUp = async (): Promise<boolean> => {
    if ((await readIdentityFile(identityPath)) !== null) {
      // it is made before the first secret is recorded; an empty one may be left when damaged secrets were given up
      if (!existsSync(items) && knownItems().length > 0) throw awayVault(folder);
      return true;
    }
    if ((await itemFiles()).length > 0) throw gone();
    if (knownItems().length > 0) throw awayVault(folder);
    return false;
  };

  /**
   * Whether it opens one of the secrets that must be here; null when nothing tells: there are none, or all are damaged.
   * @param stored the name of one that is being stored, and recorded already
   */
  const opensItems = async (vault: Opened, stored: string | null = null): Promise<boolean | null> => {
    const files = new Set(await itemFiles());
    const others = knownItems().filter((name) => name !== stored);
    // the vault of one's other computer has a session by the same name
    const ofKeys = others.filter(isOfKey);
    const known = (ofKeys.length > 0 ? ofKeys : others).map(fileName);
    if (known.length === 0 || files.size === 0) return null;
    const present = known.filter((name) => files.has(name));
    let isOther = present.length === 0;
    for (const name of present) {
      const found = await opens(vault, join(items, name));
      if (found === true) return true;
      isOther ||= found === false;
    }
    return isOther ? false : null;
  };

  /** Null for a damaged item, which tells nothing. */
  const opens = async ({ unseal }: Opened, path: string): Promise<boolean | null> => {
    try {
      return decodeItem(await unseal(await readFile(path))) === null ? null : true;
    } catch (error) {
      return isForAnother(error) ? false : null;
    }
  };

  /**
   * Opens the vault, and says whether it is the one that secrets were stored in: another one may have been restored, or copied, into its place.
   * @param stored see opensItems
   * @throws VarvelError `vault_unavailable`
   */
  const openedOurs = async (stored?: string): Promise<Opened> => {
    const vault = await opened(stored !== undefined);
    if (vault.isOurs) return vault;
    const found = await opensItems(vault, stored);
    if (found === false) throw otherVault(folder);
    vault.isOurs = found === true;
    return vault;
  };

  /** What is missing for certain. @throws VarvelError `vault_*` */
  const assertMissing = async (names: string[]): Promise<void> => {
    if (names.length > 0 && (await isSetUp()) && names.some(isKnown)) await openedOurs();
  };

  const gone = (): VarvelError =>
    brokenFile(
      identityPath,
      'it is missing, and the secrets beside it can’t be opened without it',
      'Restore it from a backup, or move the vault’s folder to start a new vault.',
    );

  const withIdentity = async (identity: string, fingerprint: string): Promise<Opened> => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await recipientOf(identity, identityPath));
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return {
      fingerprint,
      isOurs: false,
      seal: (text) => encrypter.encrypt(text),
      unseal: (content) => decrypter.decrypt(content, 'text'),
    };
  };

  const createFolders = async (): Promise<void> => {
    try {
      for (const needed of [folder, items]) makePrivateFolder(needed, () => true);
    } catch (error) {
      throw fileError(error, folder, 'keep');
    }
  };

  const itemFiles = async (): Promise<string[]> => {
    try {
      return (await readdir(items)).filter((name) => itemFile.test(name));
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) return [];
      throw unreadableVault(items, error);
    }
  };

  /** @returns null when there is no such file */
  const readItem = async (path: string, open = opened): Promise<Item | null> => {
    let content: Uint8Array;
    try {
      content = new Uint8Array(await readFile(path));
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) return null;
      throw unreadableVault(path, error);
    }
    const vault = await open();
    let item: Item | null;
    try {
      item = decodeItem(await vault.unseal(content));
    } catch (error) {
      throw damagedItem(path, 'it is damaged or belongs to another vault', itemHint, error);
    }
    if (item === null) throw damagedItem(path, 'it is not a secret of Varvel', itemHint);
    if (pathOf(item.name) !== path) throw damagedItem(path, 'it belongs to another secret', itemHint);
    if (isOfKey(item.name) && isKnown(item.name)) vault.isOurs = true;
    return item;
  };

  return {
    kind: 'file',

    /** A vault that isn't set up has nothing to unlock. */
    async check() {
      if (await isSetUp()) await openedOurs();
    },

    lock() {
      opening = null;
    },

    async prepare() {
      await openedOurs();
      await createFolders();
      await sweep(items, true);
    },

    async get(name) {
      assertName(name);
      const item = await readItem(pathOf(name));
      if (item === null) await assertMissing([name]);
      return item?.secret ?? null;
    },

    async getAll(names) {
      const secrets = new Map<string, string>();
      for (let start = 0; start < names.length; start += batch) {
        const read = names.slice(start, start + batch).map((name) => readItem(pathOf(name)));
        for (const item of await Promise.all(read)) if (item) secrets.set(item.name, item.secret);
      }
      await assertMissing(names.filter((name) => !secrets.has(name)));
      return secrets;
    },

    /** Reads the old file first, so that an unreadable file is never overwritten. */
    async set(name, secret) {
      assertStorable(name, secret);
      const path = pathOf(name);
      const vault = await openedOurs(name);
      await readItem(path, async () => vault);
      const content = await vault.seal(encodeItem({ name, secret }));
      try {
        await createFolders();
        await atomicWrite(path, content, { isOwnData: true });
      } catch (error) {
        throw fileError(error, path, 'keep');
      }
    },

    async delete(name) {
      assertName(name);
      const path = pathOf(name);
      try {
        await unlink(path);
        await syncFolder(items);
      } catch (error) {
        if (!hasErrorCode(error, 'ENOENT')) throw fileError(error, path, 'keep');
        await isSetUp();
      }
    },

    async names() {
      const files = await itemFiles();
      if (files.length > 0) await openedOurs();
      else await isSetUp();
      const names: string[] = [];
      for (let start = 0; start < files.length; start += batch) {
        const read = files.slice(start, start + batch).map((file) => readItem(join(items, file)));
        for (const item of await Promise.all(read)) if (item) names.push(item.name);
      }
      return names;
    },
  };
}

/** What age-encryption throws for a file that was encrypted to somebody else. */
const isForAnother = (error: unknown): boolean =>
  error instanceof Error && /no identity matched/.test(error.message);

const isOfKey = (name: string): boolean => name.startsWith(secretName.key(''));

const fileName = (name: string): string => `${createHash('sha256').update(name).digest('hex')}.age`;
