import { useState } from 'react';
import type { InStep } from '../../../core/model/machine/falcli.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { PlanPlaceholder } from '../../components/plans/plan-placeholder.tsx';
import { usePlan } from '../../components/plans/use-plan.ts';
import { applyToFalcli, setFalcliSync } from '../../stores/falcli.ts';
import { useCurrentName, useProfile } from '../../stores/profiles.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useVaultIsOpen } from '../../stores/vault.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay, openOverlay } from '../../stores/window/view.ts';
import { VaultInDialog } from '../settings/vault-forms.tsx';

/**
 * Applies the current profile to the fal CLI, after a preview of the change to its file.
 * @param inStep what to sync on every switch from now on; null applies it once
 */
export function ApplyDialog({ inStep }: { inStep: Exclude<InStep, 'off'> | null }) {
  const current = useCurrentName();
  const hasKey = useProfile(current)?.keyId != null;
  const [keyToo, setKeyToo] = useState(false);
  const wantsKey = inStep === null ? keyToo : inStep === 'key';
  // only a profile with a key has one to write
  const withKey = wantsKey && hasKey;
  const { plan, retry } = usePlan(`${current} ${withKey} ${useVaultIsOpen()}`, () =>
    call('falcli.planApply', { profile: current, withKey }),
  );
  const { busy, problem, run } = useAction();
  const planned = known(plan);
  const change = planned?.change;
  const needsForce = planned?.git === 'tracked' || planned?.git === 'unknown';
  const [force, setForce] = useState(false);
  const nothing = change?.lines.every(({ kind }) => kind === 'same');
  const name = current ?? 'no profile';

  const go = () =>
    run(async () => {
      const { written, notes } = await applyToFalcli(current, withKey, force);
      if (inStep) await setFalcliSync(inStep, force);
      showToast({
        tone: 'good',
        text: inStep ? 'The fal CLI now syncs with the current profile.' : `The fal CLI now uses ${name}.`,
        hint: notes.join(' '),
        action: written ? { label: 'Undo…', run: () => openOverlay({ kind: 'falcli_undo' }) } : null,
      });
      closeOverlay();
    });

  return (
    <Dialog
      title={inStep ? 'Sync the fal CLI with the current profile?' : `Use ${name} in the fal CLI?`}
      onClose={closeOverlay}
      wide
    >
      <p>
        {current === null
          ? 'There’s no current profile, so the fal CLI will use none.'
          : `Writes the profile’s name, host and ${withKey ? 'key' : 'account (as team)'}. Other lines don’t change.`}
        {inStep && ' From now on, every switch in the window, the tray or a shell does the same.'}
      </p>
      {inStep === null && hasKey && (
        <label className="check">
          <input type="checkbox" checked={keyToo} onChange={({ target }) => setKeyToo(target.checked)} /> Also
          write its key, in plain text
        </label>
      )}
      {wantsKey && (
        <Note tone="warn">
          <b>The file is plain text.</b> Any program that runs as you can read the key, and every backup of
          your home folder includes it. Without the key, the fal CLI uses FAL_KEY or its own sign-in.
        </Note>
      )}
      {change ? (
        <FileDiff change={change} unchanged={`The fal CLI already uses ${name}. Nothing to write.`} />
      ) : (
        <PlanPlaceholder plan={plan} onRetry={retry} />
      )}
      {planned?.git === 'open' && (
        <Note tone="warn">Git doesn’t ignore this file. Add it to .gitignore before you commit.</Note>
      )}
      {needsForce && (
        <Note tone="warn">
          <b>
            {planned?.git === 'tracked'
              ? 'Git tracks this file.'
              : 'Couldn’t check whether git tracks this file.'}
          </b>{' '}
          The key would be in your next commit. Leave the key out, or let git ignore the file.
          <label className="check">
            <input type="checkbox" checked={force} onChange={({ target }) => setForce(target.checked)} />{' '}
            Write the key anyway
          </label>
        </Note>
      )}
      {problem && <ProblemNote problem={problem} />}
      <VaultInDialog problem={problem ?? (plan.state === 'failed' ? plan.problem : null)} />
      <DialogActions>
        <Button onClick={closeOverlay}>{nothing && !inStep ? 'Close' : 'Cancel'}</Button>
        {(!nothing || inStep) && (
          <Button
            tone="go"
            data-first
            busy={busy}
            disabled={busy || !change || (needsForce && !force)}
            onClick={() => void go()}
          >
            {inStep ? 'Turn on sync' : 'Apply'}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
