import { ClipboardPaste, FlaskConical, type LucideIcon, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FalcliReading } from '../../../contract/methods/falcli.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Button } from '../../components/forms/button.tsx';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { useFalcli } from '../../stores/falcli.ts';
import type { Resource } from '../../stores/snapshots/resource.ts';
import { useEnvironmentName } from '../../stores/window/face.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { SignInCard } from '../accounts/sign-in-card.tsx';
import { Logo } from '../shell/nav/logo.tsx';
import styles from './first-run.module.css';

/** The welcome screen: four ways to start. */
export function FirstRun() {
  const inSandbox = useEnvironmentName() === 'sandbox';
  return (
    <main className={styles.page} aria-label="Welcome">
      <header className={styles.head}>
        <Logo size={52} />
        <div>
          <h1>Varvel</h1>
          <p className="soft">Manage your fal accounts, profiles and API keys.</p>
        </div>
      </header>
      <div className={styles.doors}>
        <section className={`${styles.door} ${styles.main}`} aria-label="Sign in">
          <h2>Sign in</h2>
          <p className="soft">See your accounts and create keys. fal’s page opens in your browser.</p>
          <SignInCard />
          <p className={`soft small ${styles.foot}`}>
            Your keys stay on this machine, in its keychain or in a vault that only your passphrase opens.
          </p>
        </section>
        <div className={styles.side}>
          <StartOption
            icon={ClipboardPaste}
            title="Add a key"
            text="Already have a key? Store it in your vault and test it for free."
          >
            <Button onClick={() => openOverlay({ kind: 'add_key' })}>Add key…</Button>
          </StartOption>
          <StartOption
            icon={FlaskConical}
            title="Try the sandbox"
            text={
              inSandbox
                ? 'You’re in the sandbox. Sign in as one of its people, with any method. Nothing reaches fal.'
                : 'A local fal with made-up people and money. Nothing reaches fal.'
            }
          >
            <Button onClick={() => openOverlay({ kind: 'environment', name: inSandbox ? 'fal' : 'sandbox' })}>
              {inSandbox ? 'Switch to fal…' : 'Switch to sandbox…'}
            </Button>
          </StartOption>
          <FalcliImport />
        </div>
      </div>
    </main>
  );
}

/** Imports from the fal CLI, or says why it can't. */
function FalcliImport() {
  const { resource, reload } = useFalcli();
  const unavailable = whyUnavailable(resource);
  const failed =
    resource.state === 'failed' || (resource.state === 'ready' && resource.value.problem !== null);
  return (
    <StartOption
      icon={SquareTerminal}
      title="Import from the fal CLI"
      text="Import its profiles and store their keys in your vault. Its file doesn’t change."
      disabled={unavailable !== null}
      below={
        unavailable !== null && (
          <p id="falcli-door-closed" className={`soft small ${styles.closed}`}>
            {unavailable}
          </p>
        )
      }
    >
      <Button
        disabled={unavailable !== null}
        aria-describedby={unavailable === null ? undefined : 'falcli-door-closed'}
        onClick={() => openOverlay({ kind: 'falcli_import' })}
      >
        Import profiles…
      </Button>
      {failed && <Button onClick={() => void reload()}>Try again</Button>}
    </StartOption>
  );
}

/** Why nothing can be imported from the fal CLI. Null when something can. */
function whyUnavailable(resource: Resource<FalcliReading>): ReactNode {
  if (resource.state === 'loading') return 'Looking for its file…';
  if (resource.state === 'failed') return <Prose text={resource.problem.message} />;
  const { problem, exists, path, rows } = resource.value;
  if (problem) return <Prose text={`${problem.message} ${hintWords(problem.hint)}`} />;
  if (!exists) {
    return (
      <>
        Nothing to import. <PathText path={path} /> doesn’t exist.
      </>
    );
  }
  return rows.some(({ where }) => where !== 'varvel')
    ? null
    : 'Nothing to import. The fal CLI has no profiles.';
}

function StartOption({
  icon: Icon,
  title,
  text,
  disabled = false,
  below,
  children,
}: {
  icon: LucideIcon;
  title: string;
  text: string;
  /** Dims the option. */
  disabled?: boolean;
  /** Below the buttons. */
  below?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={`${styles.door} ${disabled ? styles.later : ''}`} aria-label={title}>
      <Icon size={20} strokeWidth={1.6} aria-hidden="true" />
      <div className={styles.words}>
        <h2>{title}</h2>
        <p className="soft">{text}</p>
        <div className={styles.actions}>{children}</div>
        {below}
      </div>
    </section>
  );
}
