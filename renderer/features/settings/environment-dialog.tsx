import { useState } from 'react';
import type { Problem } from '../../../contract/rows.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { closeOverlay } from '../../stores/window/view.ts';

export function EnvironmentDialog({ name }: { name: 'fal' | 'sandbox' }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await call('app.setEnvironment', { name });
      closeOverlay();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
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
