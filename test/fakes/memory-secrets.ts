import { VarvelError } from '../../core/model/error.ts';
import type { SecretStore } from '../../core/ports.ts';

type Method = 'prepare' | 'get' | 'set' | 'delete' | 'names';

export interface MemorySecrets extends SecretStore {
  readonly entries: Map<string, string>;
  /** Makes a method throw from now on, all of them when none is named. */
  fail(error: VarvelError, ...methods: Method[]): void;
  /** Makes every method work again. */
  heal(): void;
}

/** A vault in a Map, which can be told to fail. */
export function createMemorySecrets(): MemorySecrets {
  const entries = new Map<string, string>();
  const failing = new Map<Method, VarvelError>();
  const check = (method: Method): void => {
    const error = failing.get(method);
    if (error) throw error;
  };
  return {
    kind: 'keychain',
    entries,
    fail(error, ...methods) {
      const all: Method[] = ['prepare', 'get', 'set', 'delete', 'names'];
      for (const method of methods.length > 0 ? methods : all) failing.set(method, error);
    },
    heal: () => failing.clear(),
    async check() {
      check('get');
    },
    async prepare() {
      check('prepare');
    },
    async get(name) {
      check('get');
      return entries.get(name) ?? null;
    },
    async getAll(names) {
      check('get');
      return new Map([...entries].filter(([name]) => names.includes(name)));
    },
    async set(name, secret) {
      check('set');
      entries.set(name, secret);
    },
    async delete(name) {
      check('delete');
      entries.delete(name);
    },
    async names() {
      check('names');
      return [...entries.keys()];
    },
  };
}

export const lockedVault = (): VarvelError =>
  new VarvelError('vault_locked', 'The keychain is locked.', 'Unlock it and run it again.');
