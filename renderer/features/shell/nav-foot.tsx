import type { Vault } from '../../../contract/vault.ts';
import { environmentWord } from '../../format/words.ts';
import { isInStep, useFalcli } from '../../stores/falcli.ts';
import { useCurrentName } from '../../stores/profiles.ts';
import { followers, useShells } from '../../stores/shells.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useVault } from '../../stores/vault.ts';
import { useEnvironmentName } from '../../stores/window/face.ts';
import { formFor } from '../settings/vault-forms.tsx';
import { Mark } from './mark.tsx';

/** What holds for all screens: the vault, the environment, and who follows a switch. */
export function NavFoot() {
  const vault = useVault(({ resource }) => known(resource));
  const environment = useEnvironmentName();
  const following = useFollowing();
  return (
    <div className="nav-foot soft small">
      <Mark size={22} />
      <div>
        <div className="nav-foot-line">
          {vault && <span className={vault.problem ? 'nav-locked' : ''}>{vaultWord(vault)}</span>}
          {environment !== null && (
            <span className={environment === 'sandbox' ? 'nav-sandbox' : ''}>
              {environmentWord(environment)}
            </span>
          )}
        </div>
        {following.length > 0 && (
          <div className="nav-foot-line">
            {following.map((words) => (
              <span key={words}>{words}</span>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

const kinds = { keychain: 'Keychain', file: 'Passphrase vault' } as const;

function vaultWord(vault: Vault): string {
  const state = !vault.problem ? 'open' : formFor(vault) === 'choose' ? 'not set up' : 'not open';
  return `${kinds[vault.kind]} ${state}`;
}

/** Who takes up a switch, in words: nothing for those who don't. */
function useFollowing(): string[] {
  const shells = useShells(({ resource }) => (resource.state === 'ready' ? followers(resource.value) : 0));
  const current = useCurrentName();
  const inStep = useFalcli(({ resource }) => resource.state === 'ready' && isInStep(resource.value, current));
  return [
    shells > 0 && (shells === 1 ? '1 shell follows' : `${shells} shells follow`),
    inStep && 'fal CLI in step',
  ].filter((words) => words !== false);
}
