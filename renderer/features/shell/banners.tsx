import { isUnreachable } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { known } from '../../stores/snapshots/resource.ts';
import { useVault } from '../../stores/vault.ts';
import { useView } from '../../stores/window/view.ts';
import { VaultForm, vaultFormKind } from '../settings/vault-forms.tsx';
import styles from './banners.module.css';

/** Problems that affect every screen. */
export function Banners() {
  const { resource, reload } = useVault();
  // the program itself reads the vault, so here it is the program that doesn't answer
  const lost = resource.state === 'ready' && resource.problem;
  if (!lost || !isUnreachable(lost)) return <VaultBanner />;
  const retry = <Button onClick={() => void reload()}>Try again</Button>;
  return (
    <section className={styles.banner} aria-label="Varvel">
      <ProblemNote problem={lost} actions={retry} />
    </section>
  );
}

/** Asks to open the vault. Until then, nothing that needs a secret works. */
function VaultBanner() {
  const { resource, reload } = useVault();
  const screen = useView((view) => view.screen);
  const vault = known(resource);
  // Settings shows it in its own card
  if (!vault?.problem || screen === 'settings') return null;
  const { problem } = vault;
  const form = vaultFormKind(vault);
  // beside a form, trying again would do nothing
  const retry = form === null && <Button onClick={() => void reload()}>Try again</Button>;
  return (
    <section className={styles.banner} aria-label="Vault">
      <Note tone="warn" actions={retry}>
        {form === 'choose' ? (
          <b>The vault for your keys and sign-ins isn’t set up yet.</b>
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
