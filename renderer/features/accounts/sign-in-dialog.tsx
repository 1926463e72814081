import { useEffect, useState } from 'react';
import { Dialog } from '../../components/overlays/dialog.tsx';
import { cancelSignIn, runOf, useSignIn } from '../../stores/sign-in.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { SignInCard } from './sign-in-card.tsx';

export function SignInDialog() {
  // one that ends just now was begun elsewhere: the person opens this for the next
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
        fal’s page opens in your browser; Varvel never sees your password. You can be signed in several times
        at once.
      </p>
      <SignInCard />
    </Dialog>
  );
}
