import type { Vault } from '../../../contract/vault.ts';
import { useVault } from '../../stores/vault.ts';

const words: Record<Vault['kind'], string> = { keychain: 'keychain', file: 'passphrase vault' };

/** What keeps the secrets here, as a person knows it. */
export const useVaultWord = (): string =>
  useVault(({ resource }) => (resource.state === 'ready' ? words[resource.value.kind] : 'vault'));
