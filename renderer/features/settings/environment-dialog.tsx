import type { BuiltInEnvironment } from '../../../core/model/fal-environment.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { closeOverlay } from '../../stores/window/view.ts';

export function EnvironmentDialog({ name }: { name: BuiltInEnvironment }) {
  const { busy, problem, run } = useAction();
  const go = async (): Promise<void> => {
    await run(async () => {
      await call('app.setEnvironment', { name });
      closeOverlay();
    });
  };
  const toSandbox = name === 'sandbox';
  return (
    <Dialog title={toSandbox ? 'Go to the sandbox?' : 'Go to fal?'} onClose={closeOverlay}>
      <p>
        {toSandbox
          ? 'A local fal with made-up people, accounts and money. What you do there stays there.'
          : 'You leave the sandbox and work with fal itself, and with your own keys.'}
      </p>
      <p className="soft">
        Each environment has its own identities, keys and profiles. Those of the other one stay as they are,
        and you can come back.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" data-first busy={busy} disabled={busy} onClick={() => void go()}>
          {toSandbox ? 'Go to the sandbox' : 'Go to fal'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
