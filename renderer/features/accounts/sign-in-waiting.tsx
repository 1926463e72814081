import { useState } from 'react';
import type { EventPayload } from '../../../contract/events.ts';
import { call } from '../../bridge.ts';
import { Turning } from '../../components/facts/ring.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { CopyButton } from '../../components/forms/copy-button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { connectionWord } from '../../format/words.ts';
import { cancelSignIn } from '../../stores/sign-in.ts';
import { useIsDesktop } from '../../stores/window/face.ts';

type Step = EventPayload<'signIn'>;

const isWebAddress = (url: string): boolean => /^https?:\/\//.test(url);

/** While fal waits for the person in the browser. */
export function SignInWaiting({ step, connection }: { step: Step; connection: string | null }) {
  const { url, opened } = step;
  return (
    <section className="sign-in sign-in-waiting" aria-label="Signing in">
      <div className="sign-in-status" role="status">
        <Turning size={18} />
        <span>
          Waiting for you in the browser{connection === null ? '' : `, at ${connectionWord(connection)}`}…
        </span>
      </div>
      {step.step === 'confirm_code' && (
        <div className="code-box">
          <span className="inscription">Check that the page shows this code</span>
          <output className="code" aria-label="Code">
            {step.userCode}
          </output>
          <CopyButton text={step.userCode} label="Copy the code" />
        </div>
      )}
      {!opened && (
        <Note tone="warn">
          <b>No browser could be opened.</b> Open the address below in any browser, also on another machine.
        </Note>
      )}
      <div className="address">
        <span className="soft small">{opened ? 'The page that was opened' : 'The page to open'}</span>
        {/* it scrolls, so the keyboard must be able to reach it */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
        <section className="mono" aria-label="Address" tabIndex={0}>
          {url}
        </section>
      </div>
      <div className="sign-in-actions">
        <OpenPage step={step} />
        <CopyButton text={url} label="Copy the address" />
        <Button onClick={() => void cancelSignIn()}>Cancel</Button>
      </div>
      <p className="soft small">Closed the page? Open it again, or cancel and choose another method.</p>
    </section>
  );
}

/** Once more: by the program on the desktop, by the browser itself in the web view. */
function OpenPage({ step: { run, url, opened } }: { step: Step }) {
  const isDesktop = useIsDesktop();
  const { busy, problem, run: doIt } = useAction();
  const [failed, setFailed] = useState(false);
  if (!isDesktop) {
    if (!isWebAddress(url)) return null;
    return (
      <a className="button button-go" href={url} target="_blank" rel="noreferrer noopener">
        {opened ? 'Open the page again' : 'Open the page'}
      </a>
    );
  }
  const open = () =>
    doIt(async () => {
      const answer = await call('identities.openPage', { run });
      setFailed(!answer.opened);
    });
  return (
    <>
      <Button busy={busy} disabled={busy} onClick={() => void open()}>
        Open the page again
      </Button>
      {failed && <Note tone="warn">No browser could be opened. Copy the address into one.</Note>}
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}
