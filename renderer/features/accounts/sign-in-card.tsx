import { Building2, Globe, type LucideIcon } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { connectionName } from '../../../core/model/fal/identity.ts';
import { Spinner } from '../../components/facts/ring.tsx';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { cancelSignIn, isBusy, signIn, useSignIn } from '../../stores/sign-in.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { GitHubMark, GoogleMark } from './method-marks.tsx';
import { methodOf, methodsInOrder } from './methods.ts';
import styles from './sign-in-card.module.css';
import { SignInWaiting } from './sign-in-waiting.tsx';

/**
 * Sign-in, from choosing a method to the result.
 * @param connection the method to offer first; null is the one used last
 */
export function SignInCard({ connection = null }: { connection?: string | null }) {
  const now = useSignIn((state) => state.signIn);
  if (now.state === 'waiting') return <SignInWaiting step={now.step} connection={now.connection} />;
  if (now.state === 'starting') {
    return (
      <div className={`${styles.card} ${styles.starting}`} role="status">
        <Spinner size={22} />
        <span>Starting sign-in…</span>
        <Button onClick={() => void cancelSignIn()}>Cancel</Button>
      </div>
    );
  }
  return (
    <div className={styles.card}>
      {now.state === 'failed' && <ProblemNote problem={now.problem} />}
      {now.state === 'cancelled' && (
        <p className="soft small" role="status">
          Sign-in cancelled. Nothing changed.
        </p>
      )}
      <Methods connection={connection} />
    </div>
  );
}

function Methods({ connection }: { connection: string | null }) {
  const start = useStart(({ resource }) => known(resource));
  const last = connection ?? start?.lastConnection ?? null;
  const used = connection === null ? 'Last used' : 'Used for this identity';
  const flow = start?.environment.flows[0] ?? null;
  const busy = useSignIn((state) => isBusy(state.signIn));
  const lastMethod = methodOf(last);
  return (
    <>
      {methodsInOrder(last).map((method) =>
        method === 'sso' ? (
          <Sso
            key={method}
            last={lastMethod === 'sso' ? last : null}
            used={used}
            onGo={(domain) => void signIn(domain, flow)}
          />
        ) : (
          <button
            key={method}
            type="button"
            className={`${styles.method} ${method === lastMethod ? styles.last : ''}`}
            disabled={busy}
            onClick={() => void signIn(method, flow)}
          >
            {method === 'github' ? <GitHubMark /> : <GoogleMark />}
            <span>Sign in with {connectionName(method)}</span>
            {method === lastMethod && <span className={`soft small ${styles.used}`}>{used}</span>}
          </button>
        ),
      )}
      <button
        type="button"
        className={`${styles.method} ${styles.quiet}`}
        disabled={busy}
        onClick={() => void signIn(null, flow)}
      >
        <MethodIcon icon={Globe} />
        <span>Choose in browser</span>
      </button>
    </>
  );
}

const MethodIcon = ({ icon: Icon }: { icon: LucideIcon }) => (
  <Icon size={17} strokeWidth={1.7} aria-hidden="true" className={styles.mark} />
);

const isDomain = (text: string): boolean => /^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(text.trim());

function Sso({ last, used, onGo }: { last: string | null; used: string; onGo: (domain: string) => void }) {
  const [open, setOpen] = useState(last !== null);
  const [domain, setDomain] = useState(last ?? '');
  const [tried, setTried] = useState(false);
  if (!open) {
    return (
      <button type="button" className={styles.method} onClick={() => setOpen(true)}>
        <MethodIcon icon={Building2} />
        <span>Sign in with SSO</span>
      </button>
    );
  }
  const go = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isDomain(domain)) onGo(domain.trim().toLowerCase());
  };
  return (
    <form className={`${styles.sso} ${last === null ? '' : styles.last}`} onSubmit={go} noValidate>
      <TextField
        label={last === null ? 'SSO domain' : `SSO domain (${used.toLowerCase()})`}
        value={domain}
        placeholder="example.com"
        autoFocus={last === null}
        wrong={tried && !isDomain(domain) ? 'Enter your company’s domain, such as example.com.' : ''}
        hint="fal treats an SSO sign-in as a separate user, even with the same email."
        onChange={(event) => setDomain(event.target.value)}
      />
      <Button className={styles.go} type="submit" tone="go">
        Continue
      </Button>
    </form>
  );
}
