import { createRequire } from 'node:module';
import type { SecretStore } from '../../core/ports.ts';
import { mayHang } from '../process/leave.ts';
import {
  addonError,
  keychainError,
  lockedKeyringError,
  movedError,
  notStoredError,
  otherKeychainError,
  unansweringError,
} from './keychain-error.ts';
import { hasLockedItems } from './locked-items.ts';
import { assertName, assertStorable } from './storable.ts';

/** The used part of the `@github/keytar` package. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ account: string; password: string }[]>;
}

export interface KeychainOptions {
  /** The service of all items; one per data folder and environment. */
  service: string;
  /** How long an operation may take before the keychain counts as not answering; default 2000. Not where a dialog may be open. */
  timeoutMs?: number;
  /** See OpenVaultOptions. */
  knownItem?: () => string | null;
  /** The data folder that the items are named after, if it is another one now; null when it isn't. */
  movedFrom?: string | null;
  platform?: NodeJS.Platform;
  load?: () => Keytar;
  /** Whether a secret must be in this keychain: null for it may be a locked one. */
  isKnown?: (name: string) => boolean;
}

/** Written at set-up. If it can be read, the keychain is unlocked, and null means missing. */
const sentinel = { account: 'varvel/sentinel', value: 'this keychain is open' };

/** The name of that item, for those who clear up after themselves. */
export const sentinelName = sentinel.account;

/** Written and deleted to see whether a keychain is unlocked, without making it ours. */
const probe = 'varvel/probe';

/** CRED_MAX_CREDENTIAL_BLOB_SIZE: how many bytes Windows keeps in one credential. */
export const windowsLimit = 2560;

/** Listing reads every item, and gnome-keyring takes about 2 ms for each. */
const namesTimeoutMs = 60_000;

/** The addon in this process. */
export const loadKeytar = (): Keytar => createRequire(import.meta.url)('@github/keytar');

/**
 * The system's keychain: libsecret, Keychain or the Windows Credential Manager.
 *
 * A locked Secret Service answers null for an existing item. So null only counts when the sentinel
 * could be read (or written, in a new keychain), the item is still null after that, and none of our items is in another
 * keyring that is locked. A keychain without the sentinel and without an item that must be there is another one, such as a second
 * keyring that became the default.
 *
 * Calls run one at a time: a hanging one blocks one of the four threads of Node's pool. While one hangs,
 * further calls fail right away.
 */
export function createKeychain(options: KeychainOptions): SecretStore {
  const {
    service,
    timeoutMs = 2000,
    knownItem = () => null,
    movedFrom = null,
    platform = process.platform,
    load = loadKeytar,
    isKnown = () => false,
  } = options;
  const timed = platform !== 'darwin' && platform !== 'win32';
  let loaded: Keytar | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let hanging = false;

  const keytar = (): Keytar => {
    try {
      loaded ??= load();
      return loaded;
    } catch (cause) {
      throw addonError(platform, cause);
    }
  };

  const operation = <T>(work: (keytar: Keytar) => Promise<T>, limitMs = timeoutMs): Promise<T> => {
    const turn = queue.then(async () => {
      if (hanging) throw unansweringError();
      const use = keytar();
      const result = mayHang(() => work(use));
      try {
        return timed ? await answered(result, limitMs) : await result;
      } catch (cause) {
        throw keychainError(cause, platform);
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  };

  const answered = <T>(result: Promise<T>, limitMs: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        hanging = true;
        reject(unansweringError());
      }, limitMs);
      result.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        hanging = false;
      });
    });

  /** Returns only when the keychain is unlocked, and ours; throws a locked one's write error. */
  const assertUnlocked = async (use: Keytar): Promise<void> => {
    if ((await use.getPassword(service, sentinel.account)) !== null) return;
    const known = knownItem();
    if (known !== null && (await use.getPassword(service, known)) === null) {
      await use.setPassword(service, probe, sentinel.value);
      await use.deletePassword(service, probe);
      throw movedFrom === null ? otherKeychainError() : movedError(movedFrom);
    }
    await use.setPassword(service, sentinel.account, sentinel.value);
    if ((await use.getPassword(service, sentinel.account)) === null) throw notStoredError('its first item');
  };

  /** The sentinel speaks for its own keyring: one that became the default later may be locked, with all items or with one. */
  const assertNotLocked = async (name: string | null): Promise<void> => {
    const mayBe = timed && (name === null || isKnown(name));
    if (mayBe && (await hasLockedItems(service, name))) throw lockedKeyringError();
  };

  /** libsecret's search crashes the process on a locked item. */
  const findAll = async () => {
    await operation(assertUnlocked);
    await assertNotLocked(null);
    return operation((use) => use.findCredentials(service), namesTimeoutMs);
  };

  return {
    kind: 'keychain',

    check: () => operation(assertUnlocked),
    prepare: () => operation(assertUnlocked),

    async get(name) {
      assertName(name);
      const found = await operation(async (use) => {
        const secret = await use.getPassword(service, name);
        if (secret !== null) return secret;
        await assertUnlocked(use);
        return use.getPassword(service, name);
      });
      if (found === null) await assertNotLocked(name);
      return found;
    },

    /** One search is one question for the keychain, however many secrets it holds. */
    async getAll(names) {
      const wanted = new Set(names);
      const found = await findAll();
      return new Map(
        found.flatMap(({ account, password }) => (wanted.has(account) ? [[account, password] as const] : [])),
      );
    },

    /** Reads back what it wrote: fal shows a secret only once, so the keychain's success is not enough. */
    async set(name, secret) {
      assertStorable(name, secret);
      await operation(async (use) => {
        await assertUnlocked(use);
        await use.setPassword(service, name, secret);
        if ((await use.getPassword(service, name)) !== secret) throw notStoredError(name);
      });
    },

    async delete(name) {
      assertName(name);
      const isGone = await operation(async (use) => {
        if (await use.deletePassword(service, name)) return true;
        await assertUnlocked(use);
        return use.deletePassword(service, name);
      });
      if (!isGone || isKnown(name)) await assertNotLocked(name);
    },

    refuseStale: assertNotLocked,

    async names() {
      const found = await findAll();
      return found.map((item) => item.account).filter((account) => account !== sentinel.account);
    },
  };
}
