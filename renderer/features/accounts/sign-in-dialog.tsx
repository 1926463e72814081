import { Dialog } from '../../components/dialog.tsx';
import { cancelSignIn } from '../../stores/sign-in.ts';
import { closeOverlay } from '../../stores/view.ts';
import { SignInCard } from './sign-in-card.tsx';

export function SignInDialog() {
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
