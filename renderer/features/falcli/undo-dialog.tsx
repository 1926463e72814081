import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { PlanWaiting } from '../../components/plans/plan-waiting.tsx';
import { usePlanned } from '../../components/plans/planned.ts';
import { undoInFalcli, useFalcli } from '../../stores/falcli.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';

/** Takes our last change of fal's file back, after showing what that does. */
export function UndoDialog() {
  const { plan, again } = usePlanned('undo', () => call('falcli.planUndo', null));
  const inStep = useFalcli(({ resource }) => known(resource)?.inStep ?? 'off');
  const { busy, problem, run } = useAction();
  const planned = known(plan);

  const go = () =>
    run(async () => {
      const { left, removed } = await undoInFalcli();
      showToast({
        tone: 'good',
        text: removed
          ? 'The file, which Varvel had made, is gone again.'
          : 'fal’s file is as it was before our last change.',
        hint: left.length > 0 ? `Changed since by another program, and left: ${left.join(', ')}.` : '',
      });
      closeOverlay();
    });

  return (
    <Dialog title="Undo our last change of fal’s file?" onClose={closeOverlay} wide>
      {inStep !== 'off' && <p>It also stops being kept in step.</p>}
      {planned ? (
        <FileDiff change={planned.change} unchanged="The file is as it was already." />
      ) : (
        <PlanWaiting plan={plan} onAgain={again} />
      )}
      {planned && planned.left.length > 0 && (
        <Note tone="warn">
          <b>Another program has changed these since; they stay as they are:</b>
          <ul className="places mono">
            {planned.left.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </Note>
      )}
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" data-first busy={busy} disabled={busy || !planned} onClick={() => void go()}>
          Undo it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
