import type { Vault } from '../../../contract/methods/vault.ts';
import { useVault } from '../../stores/vault.ts';

const names: Record<Vault['kind'], string> = { keychain: 'keychain', file: 'passphrase vault' };

/** The vault's name in sentences. */
export const useVaultName = (): string =>
  useVault(({ resource }) => (resource.state === 'ready' ? names[resource.value.kind] : 'vault'));
