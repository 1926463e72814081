import { type GithubTarget, githubPlace } from '../../../../core/model/machine/github-secret.ts';
import { call } from '../../../bridge.ts';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay } from '../../../stores/window/view.ts';

/** Deletes a GitHub Actions secret that a key was exported to. */
export function RemoveSecretDialog({ target }: { target: GithubTarget }) {
  const { busy, problem, run } = useAction();
  const what = `${target.variable} of ${githubPlace(target)}`;

  const remove = () =>
    run(async () => {
      await call('exports.removeGithub', target);
      closeOverlay();
      showToast({ tone: 'good', text: `Deleted secret ${what}.` });
    });

  return (
    <Dialog title={`Delete secret ${what}?`} onClose={closeOverlay}>
      <p>Workflows that read it will have no key. This can’t be undone, but you can export the key again.</p>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="danger" data-first busy={busy} disabled={busy} onClick={() => void remove()}>
          Delete secret
        </Button>
      </DialogActions>
    </Dialog>
  );
}
