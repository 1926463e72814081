import { useState } from 'react';
import type { InStep } from '../../../core/model/falcli.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { PlanWaiting } from '../../components/plans/plan-waiting.tsx';
import { usePlanned } from '../../components/plans/planned.ts';
import { applyToFalcli, keepInStep } from '../../stores/falcli.ts';
import { useCurrentName, useProfile } from '../../stores/profiles.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useVaultIsOpen } from '../../stores/vault.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay, openOverlay } from '../../stores/window/view.ts';
import { VaultInDialog } from '../settings/vault-forms.tsx';

/**
 * Makes the current profile that of fal's CLI, after showing what it does to its file.
 * @param inStep also at every switch from now on; null only now
 */
export function ApplyDialog({ inStep }: { inStep: Exclude<InStep, 'off'> | null }) {
  const current = useCurrentName();
  const hasKey = useProfile(current)?.keyId != null;
  const [keyToo, setKeyToo] = useState(false);
  const wantsKey = inStep === null ? keyToo : inStep === 'key';
  // with no profile, or one without a key, there is none to write
  const withKey = wantsKey && hasKey;
  const { plan, again } = usePlanned(`${current} ${withKey} ${useVaultIsOpen()}`, () =>
    call('falcli.planApply', { profile: current, withKey }),
  );
  const { busy, problem, run } = useAction();
  const change = known(plan);
  const nothing = change?.lines.every(({ kind }) => kind === 'same');
  const word = current ?? 'no profile';

  const go = () =>
    run(async () => {
      const { written, notes } = await applyToFalcli(current, withKey);
      if (inStep) await keepInStep(inStep);
      showToast({
        tone: 'good',
        text: inStep ? 'fal’s CLI follows every switch from now on.' : `fal’s CLI uses ${word} now.`,
        hint: notes.join(' '),
        action: written ? { label: 'Undo…', run: () => openOverlay({ kind: 'falcli_undo' }) } : null,
      });
      closeOverlay();
    });

  return (
    <Dialog
      title={inStep ? 'Keep fal’s CLI in step?' : `Let fal’s CLI use ${word}?`}
      onClose={closeOverlay}
      wide
    >
      <p>
        {current === null
          ? 'No profile is current here: fal’s CLI is told to use none.'
          : 'The profile’s name and host are written; every other line stays as it is.'}
        {inStep && ' The same is done at every switch from now on, from the window, the tray and the shell.'}
      </p>
      {inStep === null && hasKey && (
        <label className="check">
          <input type="checkbox" checked={keyToo} onChange={({ target }) => setKeyToo(target.checked)} />{' '}
          Write its key too, in plain text
        </label>
      )}
      {wantsKey && (
        <Note tone="warn">
          <b>That file is plain text.</b> Any program that runs as you can read the key there, and it goes
          into every backup of your home folder. Without it, fal’s CLI takes the key from FAL_KEY or uses its
          own sign-in.
        </Note>
      )}
      {change ? (
        <FileDiff change={change} unchanged={`fal’s CLI uses ${word} already; nothing is written.`} />
      ) : (
        <PlanWaiting plan={plan} onAgain={again} />
      )}
      {problem && <ProblemNote problem={problem} />}
      <VaultInDialog problem={problem ?? (plan.state === 'failed' ? plan.problem : null)} />
      <DialogActions>
        <Button onClick={closeOverlay}>{nothing && !inStep ? 'Close' : 'Cancel'}</Button>
        {(!nothing || inStep) && (
          <Button tone="go" data-first busy={busy} disabled={busy || !change} onClick={() => void go()}>
            {inStep ? 'Keep in step' : 'Write it'}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
