import { useEffect } from 'react';
import { connectionName } from '../../../core/model/fal/identity.ts';
import { identityName } from '../../format/words.ts';
import { refreshAccounts } from '../../stores/accounts.ts';
import { refreshKeys } from '../../stores/keys/keys.ts';
import { resetSignIn, useSignIn } from '../../stores/sign-in.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { afterSignIn, useView } from '../../stores/window/view.ts';

const method = (connection: string | null): string =>
  connection === null ? '' : ` with ${connectionName(connection)}`;

/** After a sign-in: shows its accounts and any warning, and refreshes keys. */
export function useSignInOutcome(): void {
  const outcome = useSignIn(({ signIn }) => (signIn.state === 'done' ? signIn : null));
  useEffect(() => {
    if (!outcome) return;
    const { identity, warning } = outcome;
    resetSignIn();
    useView.setState(afterSignIn);
    showToast({
      tone: warning === null ? 'good' : 'plain',
      text: `Signed in as ${identityName(identity)}${method(identity.connection)}.`,
      hint: warning ?? '',
    });
    void refreshAccounts().then(refreshKeys);
  }, [outcome]);
}
