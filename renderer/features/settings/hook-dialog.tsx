import { useEffect } from 'react';
import { type HookShell, shells } from '../../../core/shells/shells.ts';
import { call } from '../../bridge.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { PlanPlaceholder } from '../../components/plans/plan-placeholder.tsx';
import { usePlan } from '../../components/plans/use-plan.ts';
import { changeHook, overrideOf, useShells } from '../../stores/shells.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';

/** Adds or removes the hook's line in a shell's start-up file, after a preview. */
export function HookDialog({ shell, add }: { shell: HookShell; add: boolean }) {
  const name = shells[shell].label;
  const { plan, retry } = usePlan(`${shell} ${add}`, () => call('shells.planHook', { shell, add }));
  const { busy, problem, run } = useAction();
  const change = known(plan);
  // somebody may have edited the file since
  useEffect(() => void useShells.getState().reload(), []);
  const here = useShells(({ resource }) => known(resource));
  const set = here && overrideOf(here, shell);
  const nothing = change?.lines.every(({ kind }) => kind === 'same');

  const write = () =>
    run(async () => {
      await changeHook(shell, add);
      showToast({
        tone: add && set ? 'plain' : 'good',
        text: add
          ? set
            ? `Hook added. ${name} follows once FAL_KEY is no longer set in its start-up file.`
            : `Hook added. New ${name} shells follow every switch.`
          : `Hook removed. New ${name} shells won’t follow switches.`,
        hint: add ? `Open a new shell, or run \`exec ${shell}\` in an open one.` : '',
      });
      closeOverlay();
    });

  return (
    <Dialog title={add ? `Add hook to ${name}?` : `Remove hook from ${name}?`} onClose={closeOverlay} wide>
      {add && set && (
        <Note tone="warn">
          <b>{name} won’t follow switches yet.</b> <PathText path={set.file} />, line {set.line}, sets
          FAL_KEY, which overrides every profile. Add that key to Varvel, then delete the line.
        </Note>
      )}
      <p>
        {add
          ? 'At each prompt, the hook checks whether the profile has changed. It costs nothing when it hasn’t. It never overrides a FAL_KEY that you set yourself.'
          : 'Open shells keep the hook until they close. New shells won’t follow switches.'}
      </p>
      {change ? (
        <FileDiff change={change} unchanged={add ? 'The line is already there.' : 'The line isn’t there.'} />
      ) : (
        <PlanPlaceholder plan={plan} onRetry={retry} />
      )}
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>{nothing ? 'Close' : 'Cancel'}</Button>
        {!nothing && (
          <Button tone="go" data-first busy={busy} disabled={busy || !change} onClick={() => void write()}>
            {add ? 'Add hook' : 'Remove hook'}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
