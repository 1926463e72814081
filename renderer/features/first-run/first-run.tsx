import { ClipboardPaste, FlaskConical, type LucideIcon, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FalcliReading } from '../../../contract/falcli.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Button } from '../../components/forms/button.tsx';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { useFalcli } from '../../stores/falcli.ts';
import type { Resource } from '../../stores/snapshots/resource.ts';
import { useEnvironmentName } from '../../stores/window/face.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { SignInCard } from '../accounts/sign-in-card.tsx';
import { Mark } from '../shell/mark.tsx';
import './first-run.css';

/** Nobody signed in, no key, no profile: four doors. */
export function FirstRun() {
  const inSandbox = useEnvironmentName() === 'sandbox';
  return (
    <main className="first-run" aria-label="Welcome">
      <header className="first-run-head">
        <Mark size={52} />
        <div>
          <h1>Varvel</h1>
          <p className="soft">
            Whose key is it, and which one is in force? Your accounts, profiles and keys for fal.
          </p>
        </div>
      </header>
      <div className="doors">
        <section className="door door-main" aria-label="Sign in">
          <h2>Sign in</h2>
          <p className="soft">See your accounts and make keys. fal’s page opens in your browser.</p>
          <SignInCard />
          <p className="door-foot soft small">
            Your keys stay on this machine, in its keychain or in a vault that only your passphrase opens.
          </p>
        </section>
        <div className="doors-side">
          <Door
            icon={ClipboardPaste}
            title="Paste a key"
            text="You have one already. It goes into your vault, and is tested for free."
          >
            <Button onClick={() => openOverlay({ kind: 'add_key' })}>Add a key…</Button>
          </Door>
          <Door
            icon={FlaskConical}
            title="Look around"
            text={
              inSandbox
                ? 'You are in the sandbox: sign in as one of its people, with any method. Nothing reaches fal.'
                : 'The sandbox is a local fal with made-up people and money. Nothing reaches fal.'
            }
          >
            <Button onClick={() => openOverlay({ kind: 'environment', name: inSandbox ? 'fal' : 'sandbox' })}>
              {inSandbox ? 'Go to fal…' : 'Enter the sandbox…'}
            </Button>
          </Door>
          <FalcliDoor />
        </div>
      </div>
    </main>
  );
}

/** Open when fal's CLI has something; else it says why not. */
function FalcliDoor() {
  const { resource, reload } = useFalcli();
  const closed = whyClosed(resource);
  const failed =
    resource.state === 'failed' || (resource.state === 'ready' && resource.value.problem !== null);
  return (
    <Door
      icon={SquareTerminal}
      title="Import from fal’s CLI"
      text="Its profiles become yours, and its keys go into your vault. Its file stays as it is."
      later={closed !== null}
    >
      <Button
        disabled={closed !== null}
        aria-describedby={closed === null ? undefined : 'falcli-door-closed'}
        onClick={() => openOverlay({ kind: 'falcli_import' })}
      >
        Import…
      </Button>
      {failed && <Button onClick={() => void reload()}>Look again</Button>}
      {closed !== null && (
        <p id="falcli-door-closed" className="soft small door-closed">
          {closed}
        </p>
      )}
    </Door>
  );
}

/** Why nothing can be imported from fal's CLI; null when something can. */
function whyClosed(resource: Resource<FalcliReading>): ReactNode {
  if (resource.state === 'loading') return 'Looking for its file…';
  if (resource.state === 'failed') return <Prose text={resource.problem.message} />;
  const { problem, exists, path, rows } = resource.value;
  if (problem) return <Prose text={`${problem.message} ${hintWords(problem.hint)}`} />;
  if (!exists) {
    return (
      <>
        fal’s CLI has no file here: <PathText path={path} /> is not there.
      </>
    );
  }
  return rows.some(({ where }) => where !== 'varvel') ? null : 'fal’s CLI has a file, but no profile in it.';
}

function Door({
  icon: Icon,
  title,
  text,
  later = false,
  children,
}: {
  icon: LucideIcon;
  title: string;
  text: string;
  /** Nothing can be done here now. */
  later?: boolean;
  children?: ReactNode;
}) {
  return (
    <section className={`door ${later ? 'door-later' : ''}`} aria-label={title}>
      <Icon size={20} strokeWidth={1.6} aria-hidden="true" />
      <div className="door-words">
        <h2>{title}</h2>
        <p className="soft">{text}</p>
        {children}
      </div>
    </section>
  );
}
