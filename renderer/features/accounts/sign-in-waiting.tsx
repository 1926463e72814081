import { useState } from 'react';
import type { EventPayload } from '../../../contract/events.ts';
import { connectionName } from '../../../core/model/fal/identity.ts';
import { call } from '../../bridge.ts';
import { Spinner } from '../../components/facts/ring.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { CopyButton } from '../../components/forms/copy-button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { cancelSignIn } from '../../stores/sign-in.ts';
import { useIsDesktop } from '../../stores/window/face.ts';
import styles from './sign-in-waiting.module.css';

type Step = EventPayload<'signIn'>;

const isWebAddress = (url: string): boolean => /^https?:\/\//.test(url);

/** Shown while the user signs in in the browser. */
export function SignInWaiting({ step, connection }: { step: Step; connection: string | null }) {
  const { url, opened } = step;
  return (
    <section className={styles.waiting} aria-label="Signing in">
      <div className={styles.status} role="status">
        <Spinner size={18} />
        <span>
          Waiting for you to sign in{connection === null ? '' : ` with ${connectionName(connection)}`}…
        </span>
      </div>
      {step.step === 'confirm_code' && (
        <div className={styles.box}>
          <span className={`inscription ${styles.title}`}>Check that the page shows this code</span>
          <output className={styles.code} aria-label="Code">
            {step.userCode}
          </output>
          <CopyButton text={step.userCode} label="Copy code" />
        </div>
      )}
      {!opened && (
        <Note tone="warn">
          <b>Couldn’t open a browser.</b> Open the link below in any browser, on this or another machine.
        </Note>
      )}
      <div className={styles.address}>
        <span className="soft small">{opened ? 'Opened page' : 'Page to open'}</span>
        {/* focusable, so that the keyboard can scroll it */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
        <section className={`mono ${styles.link}`} aria-label="Link" tabIndex={0}>
          {url}
        </section>
      </div>
      <div className={styles.actions}>
        <OpenPage step={step} />
        <CopyButton text={url} label="Copy link" />
        <Button onClick={() => void cancelSignIn()}>Cancel</Button>
      </div>
      <p className="soft small">Closed the page? Open it again, or cancel and choose another method.</p>
    </section>
  );
}

/** Opens the page again: through the main process on the desktop, as a link in the web view. */
function OpenPage({ step: { run, url, opened } }: { step: Step }) {
  const isDesktop = useIsDesktop();
  const { busy, problem, run: runAction } = useAction();
  const [failed, setFailed] = useState(false);
  if (!isDesktop) {
    if (!isWebAddress(url)) return null;
    return (
      <a className="button button-go" href={url} target="_blank" rel="noreferrer noopener">
        {opened ? 'Open page again' : 'Open page'}
      </a>
    );
  }
  const open = () =>
    runAction(async () => {
      const answer = await call('identities.openPage', { run });
      setFailed(!answer.opened);
    });
  return (
    <>
      <Button busy={busy} disabled={busy} onClick={() => void open()}>
        Open page again
      </Button>
      {failed && <Note tone="warn">Couldn’t open a browser. Copy the link instead.</Note>}
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}
