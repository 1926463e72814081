import { LogIn, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import type { Account } from '../../../core/model/account.ts';
import type { Identity } from '../../../core/model/identity.ts';
import { Button } from '../../components/forms/button.tsx';
import { FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { ScreenFrame } from '../../components/layout/screen.tsx';
import { dateAndTime } from '../../format/age.ts';
import { connectionWord, identityName } from '../../format/words.ts';
import { refreshAccounts, useAccountsAsking, useIdentities } from '../../stores/accounts.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { PartProblems, QuietProblem } from '../keys/asking-problems.tsx';
import { useAccountRows } from '../profiles/account-kinds.ts';
import { AccountLine } from './account-line.tsx';
import { SignInCard } from './sign-in-card.tsx';
import './accounts.css';

export function AccountsScreen() {
  const { resource, reload } = useIdentities();
  const accounts = useAccountRows();
  const somebody = resource.state === 'ready' && resource.value.some(({ signedIn }) => signedIn);
  const known = accounts.length > 0;

  useEffect(() => {
    if (somebody && !known) void refreshAccounts();
  }, [somebody, known]);

  return (
    <ScreenFrame
      title="Accounts"
      tools={
        somebody && (
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
      {resource.state === 'loading' && <LoadingPage what="who is signed in" />}
      {resource.state === 'failed' && <FailedPage problem={resource.problem} onAgain={() => void reload()} />}
      {resource.state === 'ready' && (
        <div className="screen-scroll">
          <div className="identities">
            {resource.value.map((identity) => (
              <IdentityCard
                key={identity.id}
                identity={identity}
                accounts={accounts.filter(({ identityId }) => identityId === identity.id)}
              />
            ))}
            {!somebody && <SignInPanel again={resource.value.length > 0} />}
          </div>
        </div>
      )}
    </ScreenFrame>
  );
}

function RefreshButton() {
  const asking = useAccountsAsking(({ asking: { state } }) => state === 'asking');
  return (
    <Button icon={RefreshCw} busy={asking} disabled={asking} onClick={() => void refreshAccounts()}>
      Refresh
    </Button>
  );
}

function AccountProblems() {
  const { asking } = useAccountsAsking();
  const again = <Button onClick={() => void refreshAccounts()}>Try again</Button>;
  if (asking.state === 'failed') return <QuietProblem problem={asking.problem} again={again} />;
  if (asking.state === 'idle') return <PartProblems problems={asking.problems} again={again} />;
  return null;
}

function SignInPanel({ again }: { again: boolean }) {
  return (
    <section className="identity sign-in-panel" aria-label="Sign in">
      <h2>{again ? 'Sign in again' : 'Sign in to fal'}</h2>
      <p className="soft">
        Your accounts, their keys and balances come from fal. Its page opens in your browser; Varvel never
        sees your password.
      </p>
      <SignInCard />
    </section>
  );
}

function IdentityCard({ identity, accounts }: { identity: Identity; accounts: Account[] }) {
  const { name, email, connection, signedIn, signedInAt } = identity;
  return (
    <section className="identity" aria-label={identityName(identity)}>
      <header className="identity-head">
        <span className="initial" aria-hidden="true">
          {identityName(identity).slice(0, 1).toUpperCase()}
        </span>
        <div className="identity-name">
          <h2>{name || email}</h2>
          <div className="soft small">
            {name && `${email} · `}
            {connectionWord(connection)} ·{' '}
            {signedIn ? <span title={dateAndTime(signedInAt)}>signed in</span> : 'session ended'}
          </div>
        </div>
        {signedIn ? (
          <Button onClick={() => openOverlay({ kind: 'sign_out', identityId: identity.id })}>
            Sign out…
          </Button>
        ) : (
          <Button tone="go" onClick={() => openOverlay({ kind: 'sign_in' })}>
            Sign in again…
          </Button>
        )}
      </header>
      <ul className="accounts">
        {accounts.map((account) => (
          <AccountLine key={account.id} account={account} reachable={signedIn} />
        ))}
        {accounts.length === 0 && (
          <li className="account soft">
            {signedIn ? 'fal has not told its accounts yet.' : 'No account known.'}
          </li>
        )}
      </ul>
    </section>
  );
}
