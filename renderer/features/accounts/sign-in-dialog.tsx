import { useEffect, useState } from 'react';
import { Dialog } from '../../components/overlays/dialog.tsx';
import { cancelSignIn, runOf, useSignIn } from '../../stores/sign-in.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { SignInCard } from './sign-in-card.tsx';

/** @param connection the method to offer first; null is the one used last */
export function SignInDialog({ connection }: { connection: string | null }) {
  // ignore a sign-in that finished before this dialog opened
  const [before] = useState(() => runOf(useSignIn.getState().signIn));
  const done = useSignIn(({ signIn }) => (signIn.state === 'done' ? signIn.run : null));
  useEffect(() => {
    if (done !== null && done !== before) closeOverlay();
  }, [done, before]);
  const close = (): void => {
    void cancelSignIn();
    closeOverlay();
  };
  return (
    <Dialog title="Sign in to fal" onClose={close}>
      <p className="soft">
        fal’s page opens in your browser. Varvel never sees your password. You can sign in with several
        identities at once.
      </p>
      <SignInCard connection={connection} />
    </Dialog>
  );
}
