import { isUnreachable } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { known } from '../../stores/snapshots/resource.ts';
import { useVault } from '../../stores/vault.ts';
import { useView } from '../../stores/window/view.ts';
import { formFor, VaultForm } from '../settings/vault-forms.tsx';
import '../settings/settings.css';

/** Over every screen: what keeps all of them from working. */
export function Banners() {
  const { resource, reload } = useVault();
  // the vault is looked at by the program itself, so that it is the program which does not answer
  const gone = resource.state === 'ready' && resource.problem;
  if (!gone || !isUnreachable(gone)) return <VaultBanner />;
  const again = <Button onClick={() => void reload()}>Look again</Button>;
  return (
    <section className="banner" aria-label="Varvel">
      <ProblemNote problem={gone} actions={again} />
    </section>
  );
}

/** While the vault is not open nothing that needs a secret can work. */
function VaultBanner() {
  const { resource, reload } = useVault();
  const screen = useView((view) => view.screen);
  const vault = known(resource);
  // the settings tell it themselves
  if (!vault?.problem || screen === 'settings') return null;
  const { problem } = vault;
  return (
    <section className="banner" aria-label="Vault">
      <Note tone="warn" actions={<Button onClick={() => void reload()}>Look again</Button>}>
        {formFor(vault) === 'choose' ? (
          <b>The vault for your keys and sign-ins is not set up yet.</b>
        ) : (
          <>
            <b>
              <Prose text={problem.message} />
            </b>{' '}
            <Prose text={hintWords(problem.hint)} />
          </>
        )}
        <VaultForm vault={vault} />
      </Note>
    </section>
  );
}
