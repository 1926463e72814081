import { useEffect } from 'react';
import { connectionWord, identityName } from '../../format/words.ts';
import { refreshAccounts } from '../../stores/accounts.ts';
import { askFal } from '../../stores/keys.ts';
import { resetSignIn, useSignIn } from '../../stores/sign-in.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { afterSignIn, useView } from '../../stores/window/view.ts';

/** After a sign-in: its accounts, and what the person should know about it. */
export function useSignInOutcome(): void {
  const outcome = useSignIn(({ signIn }) => (signIn.state === 'done' ? signIn : null));
  useEffect(() => {
    if (!outcome) return;
    const { identity, warning } = outcome;
    resetSignIn();
    useView.setState(afterSignIn);
    showToast({
      tone: warning === null ? 'good' : 'plain',
      text: `Signed in as ${identityName(identity)}, by ${connectionWord(identity.connection)}.`,
      hint: warning ?? '',
    });
    void refreshAccounts().then(askFal);
  }, [outcome]);
}
