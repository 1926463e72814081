import { type HookShell, shells } from '../../../core/shells/shells.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { PlanWaiting } from '../../components/plans/plan-waiting.tsx';
import { usePlanned } from '../../components/plans/planned.ts';
import { changeHook } from '../../stores/shells.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';

/** The one line of a shell's start-up file, shown before it is written or taken away. */
export function HookDialog({ shell, add }: { shell: HookShell; add: boolean }) {
  const word = shells[shell].label;
  const { plan, again } = usePlanned(`${shell} ${add}`, () => call('shells.planHook', { shell, add }));
  const { busy, problem, run } = useAction();
  const change = known(plan);
  const nothing = change?.lines.every(({ kind }) => kind === 'same');

  const write = () =>
    run(async () => {
      await changeHook(shell, add);
      showToast({
        tone: 'good',
        text: add
          ? `${word} follows from its next start on.`
          : `${word} no longer follows, from its next start on.`,
        hint: add ? `Begin a new one, or run \`exec ${shell}\` in one that is open.` : '',
      });
      closeOverlay();
    });

  return (
    <Dialog
      title={add ? `Add the hook to ${word}?` : `Remove the hook from ${word}?`}
      onClose={closeOverlay}
      wide
    >
      <p>
        {add
          ? 'At each prompt the hook looks whether the profile has changed, and costs nothing when it has not. A FAL_KEY that you set by hand stays as it is.'
          : 'Shells that are open keep the hook until they end; new ones no longer take up a switch.'}
      </p>
      {change ? (
        <FileDiff change={change} unchanged={add ? 'The line is there already.' : 'The line is not there.'} />
      ) : (
        <PlanWaiting plan={plan} onAgain={again} />
      )}
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>{nothing ? 'Close' : 'Cancel'}</Button>
        {!nothing && (
          <Button tone="go" data-first busy={busy} disabled={busy || !change} onClick={() => void write()}>
            {add ? 'Write the line' : 'Take the line out'}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
