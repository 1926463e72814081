import type { Vault } from '../../../../contract/methods/vault.ts';
import { isSynced, useFalcli } from '../../../stores/falcli.ts';
import { useCurrentName } from '../../../stores/profiles.ts';
import { countFollowingShells, useShells } from '../../../stores/shells.ts';
import { known } from '../../../stores/snapshots/resource.ts';
import { useVault } from '../../../stores/vault.ts';
import { useEnvironmentName } from '../../../stores/window/face.ts';
import { vaultState } from '../../settings/vault-forms.tsx';
import { Logo } from './logo.tsx';
import styles from './nav-foot.module.css';

/** The vault, the environment, and what follows a switch. */
export function NavFoot() {
  const vault = useVault(({ resource }) => known(resource));
  const environment = useEnvironmentName();
  const synced = useSynced();
  return (
    <section className={`soft small ${styles.foot}`} aria-label="Status">
      <Logo size={22} />
      <div>
        <div className={styles.line}>
          {vault && <span className={vault.problem ? styles.locked : ''}>{vaultLabel(vault)}</span>}
          {environment !== null && (
            <span className={environment === 'sandbox' ? styles.sandbox : ''}>{environment}</span>
          )}
        </div>
        {synced.length > 0 && (
          <div className={styles.line}>
            {synced.map((text) => (
              <span key={text}>{text}</span>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

const kinds = { keychain: 'Keychain', file: 'Passphrase vault' } as const;

/** The vault's kind, and its state unless it is unlocked. */
function vaultLabel(vault: Vault): string {
  const state = vaultState(vault);
  return state === 'Unlocked' ? kinds[vault.kind] : `${kinds[vault.kind]} ${state.toLowerCase()}`;
}

/** What follows a switch, in words. */
function useSynced(): string[] {
  const shells = useShells(({ resource }) =>
    resource.state === 'ready' ? countFollowingShells(resource.value) : 0,
  );
  const current = useCurrentName();
  const falcliSynced = useFalcli(
    ({ resource }) => resource.state === 'ready' && isSynced(resource.value, current),
  );
  return [
    shells > 0 && (shells === 1 ? '1 shell synced' : `${shells} shells synced`),
    falcliSynced && 'fal CLI synced',
  ].filter((text) => text !== false);
}
