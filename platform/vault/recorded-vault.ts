import { isNotWritable } from '../../core/model/error.ts';
import { inOtherVault } from '../../core/model/machine/vault.ts';
import type { State } from '../../core/ports/state.ts';
import type { SecretStore } from '../../core/ports.ts';

/**
 * A vault that knows from the database which secrets were stored in which vault. A secret that is in the other one is not
 * missing: nobody is signed out, and no key forgotten, because a command ran with another VARVEL_VAULT. In a home from before
 * that was recorded, a secret is once it has been read.
 *
 * Besides what the vault throws, `get` throws VarvelError `vault_other` for a secret of the other vault, and `getAll` when it
 * finds none because of that. What is stored again here is in both. What is deleted here is left over in the other one, until
 * that is in use again.
 */
export function createRecordedVault(vault: SecretStore, records: State['secretVaults']): SecretStore {
  const { kind } = vault;
  const isLeftOver = (name: string): boolean => records.isLeftOver(name, kind);

  /** Notes where a secret was found. A home that can't be written learns it another time. */
  const noteFound = (name: string): void => {
    if (records.isIn(name, kind)) return;
    try {
      records.put(name, kind);
    } catch (error) {
      if (!isNotWritable(error)) throw error;
    }
  };

  const refuseElsewhere = (name: string): void => {
    const other = records.otherThan(kind, name);
    if (other !== null) throw inOtherVault(other, kind);
  };

  async function deleteHere(name: string): Promise<void> {
    await vault.delete(name);
    records.remove(name, kind);
  }

  return {
    ...vault,
    deleteHere,
    remembers: (name) => records.isIn(name, kind),

    async get(name) {
      const secret = isLeftOver(name) ? null : await vault.get(name);
      if (secret === null) refuseElsewhere(name);
      else noteFound(name);
      return secret;
    },

    async getAll(wanted) {
      const leftOver = new Set(records.leftOver(kind));
      const found = await vault.getAll(wanted.filter((name) => !leftOver.has(name)));
      if (found.size === 0) for (const name of wanted) refuseElsewhere(name);
      return found;
    },

    async set(name, secret) {
      if (!records.isIn(name, kind)) {
        // with a record, a vault that was never set up would count as one that isn't there
        await vault.prepare();
        // before it is stored, so that a crash leaves no secret that nothing tells of
        records.put(name, kind);
      }
      await vault.set(name, secret);
    },

    async delete(name) {
      records.leaveOver(name, kind);
      await deleteHere(name);
    },

    async names() {
      const leftOver = new Set(records.leftOver(kind));
      const found = (await vault.names()).filter((name) => !leftOver.has(name));
      for (const name of found) noteFound(name);
      return found;
    },

    leftOver: {
      names: () => records.leftOver(kind),
      get: async (name) => (isLeftOver(name) ? vault.get(name) : null),
      async delete(name) {
        // it may have been stored again meanwhile
        if (isLeftOver(name)) await deleteHere(name);
      },
    },
  };
}
