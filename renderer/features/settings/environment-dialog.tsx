import type { BuiltInEnvironment } from '../../../core/model/fal/fal-environment.ts';
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
    <Dialog title={toSandbox ? 'Switch to the sandbox?' : 'Switch to fal?'} onClose={closeOverlay}>
      <p>
        {toSandbox
          ? 'The sandbox is a local fal with made-up people, accounts and money. Nothing you do there reaches fal.'
          : 'You’ll leave the sandbox and work with fal and your own keys.'}
      </p>
      <p className="soft">
        Each environment has its own identities, keys and profiles. The other environment doesn’t change, and
        you can switch back anytime.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" data-first busy={busy} disabled={busy} onClick={() => void go()}>
          {toSandbox ? 'Switch to sandbox' : 'Switch to fal'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
