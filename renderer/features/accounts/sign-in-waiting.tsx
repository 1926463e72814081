import type { EventPayload } from '../../../contract/events.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Note } from '../../components/note.tsx';
import { Turning } from '../../components/ring.tsx';
import { connectionWord } from '../../format/words.ts';
import { useIsDesktop } from '../../stores/face.ts';
import { cancelSignIn } from '../../stores/sign-in.ts';

type Step = EventPayload<'signIn'>;

const isWebAddress = (url: string): boolean => /^https?:\/\//.test(url);

/** While fal waits for the person in the browser. */
export function SignInWaiting({ step, connection }: { step: Step; connection: string | null }) {
  const isDesktop = useIsDesktop();
  const { userCode, url, opened } = step;
  return (
    <section className="sign-in sign-in-waiting" aria-label="Signing in">
      <div className="sign-in-status" role="status">
        <Turning size={18} />
        <span>
          Waiting for you in the browser{connection === null ? '' : `, at ${connectionWord(connection)}`}…
        </span>
      </div>
      {userCode !== null && (
        <div className="code-box">
          <span className="inscription">Check that the page shows this code</span>
          <output className="code" aria-label="Code">
            {userCode}
          </output>
          <CopyButton text={userCode} label="Copy the code" />
        </div>
      )}
      {!opened && (
        <Note tone="warn">
          <b>No browser could be opened.</b> Open the address below in any browser, also on another machine.
        </Note>
      )}
      <div className="address">
        <span className="soft small">{opened ? 'The page that was opened' : 'The page to open'}</span>
        {!isDesktop && isWebAddress(url) ? (
          <a className="mono" href={url} target="_blank" rel="noreferrer noopener">
            {url}
          </a>
        ) : (
          <span className="mono">{url}</span>
        )}
      </div>
      <div className="sign-in-actions">
        <CopyButton text={url} label="Copy the address" />
        <Button onClick={() => void cancelSignIn()}>Cancel</Button>
      </div>
      <p className="soft small">
        Closed the page? Open the address again, or cancel and choose another method.
      </p>
    </section>
  );
}
