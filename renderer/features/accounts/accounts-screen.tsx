import { LogIn, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import type { Account } from '../../../core/model/fal/account.ts';
import type { Identity } from '../../../core/model/fal/identity.ts';
import { connectionName } from '../../../core/model/fal/identity.ts';
import { Button } from '../../components/forms/button.tsx';
import { FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { ScreenFrame } from '../../components/layout/screen.tsx';
import { dateAndTime } from '../../format/age.ts';
import { identityName } from '../../format/words.ts';
import { refreshAccounts, useAccountsRefresh, useIdentities } from '../../stores/accounts.ts';
import { openOverlay, openSignIn } from '../../stores/window/view.ts';
import { PartProblems, RefreshProblem } from '../keys/refresh-problems.tsx';
import { useAccountRows } from '../profiles/account-kinds.ts';
import { AccountLine } from './account-line.tsx';
import styles from './accounts-screen.module.css';
import { SignInCard } from './sign-in-card.tsx';

export function AccountsScreen() {
  const { resource, reload } = useIdentities();
  const accounts = useAccountRows();
  const isSignedIn = resource.state === 'ready' && resource.value.some(({ signedIn }) => signedIn);
  const known = accounts.length > 0;

  useEffect(() => {
    if (isSignedIn && !known) void refreshAccounts();
  }, [isSignedIn, known]);

  return (
    <ScreenFrame
      title="Accounts"
      tools={
        isSignedIn && (
          <>
            <RefreshButton />
            <Button tone="go" icon={LogIn} onClick={() => openOverlay({ kind: 'sign_in' })}>
              Sign in…
            </Button>
          </>
        )
      }
    >
      <div className="screen-notes">
        <AccountProblems />
      </div>
      {resource.state === 'loading' && <LoadingPage what="accounts" />}
      {resource.state === 'failed' && <FailedPage problem={resource.problem} onRetry={() => void reload()} />}
      {resource.state === 'ready' && (
        <div className="screen-scroll">
          <div className={styles.identities}>
            {resource.value.map((identity) => (
              <IdentityCard
                key={identity.id}
                identity={identity}
                accounts={accounts.filter(({ identityId }) => identityId === identity.id)}
              />
            ))}
            {!isSignedIn && <SignInPanel again={resource.value.length > 0} />}
          </div>
        </div>
      )}
    </ScreenFrame>
  );
}

function RefreshButton() {
  const refreshing = useAccountsRefresh(({ refresh: { state } }) => state === 'running');
  return (
    <Button icon={RefreshCw} busy={refreshing} disabled={refreshing} onClick={() => void refreshAccounts()}>
      Refresh accounts
    </Button>
  );
}

function AccountProblems() {
  const { refresh } = useAccountsRefresh();
  const retry = <Button onClick={() => void refreshAccounts()}>Try again</Button>;
  if (refresh.state === 'failed') return <RefreshProblem problem={refresh.problem} retry={retry} />;
  if (refresh.state === 'idle') return <PartProblems problems={refresh.problems} retry={retry} />;
  return null;
}

function SignInPanel({ again }: { again: boolean }) {
  return (
    <section className={`${styles.identity} ${styles.signIn}`} aria-label="Sign in">
      <h2>{again ? 'Sign in again' : 'Sign in to fal'}</h2>
      <p className="soft">
        Sign in to see your accounts, keys and balances. fal’s page opens in your browser. Varvel never sees
        your password.
      </p>
      <SignInCard />
    </section>
  );
}

function IdentityCard({ identity, accounts }: { identity: Identity; accounts: Account[] }) {
  const { name, email, connection, signedIn, signedInAt } = identity;
  return (
    <section
      className={styles.identity}
      aria-label={`${identityName(identity)}, ${connectionName(connection)}`}
    >
      <header className={styles.head}>
        <span className={styles.initial} aria-hidden="true">
          {identityName(identity).slice(0, 1).toUpperCase()}
        </span>
        <div className={styles.name}>
          <h2>{name || email}</h2>
          <div className="soft small">
            {name && `${email} · `}
            {connectionName(connection)} ·{' '}
            {signedIn ? <span title={dateAndTime(signedInAt)}>Signed in</span> : 'Session ended'}
          </div>
        </div>
        {signedIn ? (
          <Button onClick={() => openOverlay({ kind: 'sign_out', identityId: identity.id })}>
            Sign out…
          </Button>
        ) : (
          <Button tone="go" onClick={() => openSignIn(connection)}>
            Sign in again…
          </Button>
        )}
      </header>
      <ul>
        {accounts.map((account) => (
          <AccountLine key={account.id} account={account} reachable={signedIn} />
        ))}
        {accounts.length === 0 && (
          <li className={`soft ${styles.none}`}>
            {signedIn ? 'Accounts not loaded yet.' : 'No known accounts.'}
          </li>
        )}
      </ul>
    </section>
  );
}
