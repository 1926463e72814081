import { VarvelError } from '../../core/model/error.ts';
import type { VaultKind } from '../../core/model/machine/vault.ts';
import type { State } from '../../core/ports/state.ts';
import type { SecretStore } from '../../core/ports.ts';

const names: Record<VaultKind, string> = { keychain: 'keychain', file: 'passphrase vault' };

/**
 * A vault that knows from the database which secrets were stored in which vault. A secret that is in the other one is not
 * missing: nobody is signed out, and no key forgotten, because a command ran with another VARVEL_VAULT.
 *
 * Besides what the vault throws, each method throws VarvelError `vault_unavailable` for a secret of the other vault. What is
 * stored again here is from then on here.
 */
export function createRecordedVault(vault: SecretStore, records: State['secretVaults']): SecretStore {
  const { kind } = vault;

  const refuseElsewhere = (name: string): void => {
    const recorded = records.get(name);
    if (recorded === null || recorded === kind) return;
    throw new VarvelError(
      'vault_unavailable',
      `Varvel stored this secret in the ${names[recorded]}, and is using the ${names[kind]} now.`,
      `Set VARVEL_VAULT to \`${recorded}\` to use it. Or sign in or add the key again, to have it here.`,
    );
  };

  return {
    ...vault,

    async get(name) {
      const secret = await vault.get(name);
      if (secret === null) refuseElsewhere(name);
      return secret;
    },

    async getAll(wanted) {
      const found = await vault.getAll(wanted);
      for (const name of wanted) if (!found.has(name)) refuseElsewhere(name);
      return found;
    },

    async set(name, secret) {
      const recorded = records.get(name);
      // before, so that a crash leaves no secret that nothing tells of; where it moves, the other vault has it until then
      if (recorded === null) records.put(name, kind);
      await vault.set(name, secret);
      if (recorded !== null && recorded !== kind) records.put(name, kind);
    },

    async delete(name) {
      refuseElsewhere(name);
      await vault.delete(name);
      records.remove(name);
    },

    async names() {
      const found = await vault.names();
      for (const name of found) if (records.get(name) === null) records.put(name, kind);
      const elsewhere = records.outside(kind);
      if (elsewhere !== null) refuseElsewhere(elsewhere);
      return found;
    },
  };
}
