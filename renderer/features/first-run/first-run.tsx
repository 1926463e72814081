import { ClipboardPaste, FlaskConical, type LucideIcon, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { useEnvironmentName } from '../../stores/face.ts';
import { openOverlay } from '../../stores/view.ts';
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
          <Door
            icon={SquareTerminal}
            title="Bring them from the fal CLI"
            text="Its profiles and keys, taken over as they are. This comes with a later version."
            later
          />
        </div>
      </div>
    </main>
  );
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
  later?: boolean;
  children?: ReactNode;
}) {
  return (
    <section
      className={`door ${later ? 'door-later' : ''}`}
      aria-label={title}
      aria-disabled={later || undefined}
    >
      <Icon size={20} strokeWidth={1.6} aria-hidden="true" />
      <div className="door-words">
        <h2>{title}</h2>
        <p className="soft">{text}</p>
        {children}
      </div>
    </section>
  );
}
