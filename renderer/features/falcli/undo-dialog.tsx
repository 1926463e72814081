import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { PlanPlaceholder } from '../../components/plans/plan-placeholder.tsx';
import { usePlan } from '../../components/plans/use-plan.ts';
import { undoFalcliChange, useFalcli } from '../../stores/falcli.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import styles from './undo-dialog.module.css';

/** Undoes Varvel's last change to the fal CLI's file, after a preview. */
export function UndoDialog() {
  const { plan, retry } = usePlan('undo', () => call('falcli.planUndo', null));
  const inStep = useFalcli(({ resource }) => known(resource)?.inStep ?? 'off');
  const { busy, problem, run } = useAction();
  const planned = known(plan);

  const go = () =>
    run(async () => {
      const { left, removed } = await undoFalcliChange();
      showToast({
        tone: 'good',
        text: removed ? 'Change undone. The file that Varvel created was deleted.' : 'Change undone.',
        hint: left.length > 0 ? `Not undone, because another program changed it: ${left.join(', ')}.` : '',
      });
      closeOverlay();
    });

  return (
    <Dialog title="Undo Varvel’s last change to the file?" onClose={closeOverlay} wide>
      {inStep !== 'off' && <p>This also turns off sync.</p>}
      {planned ? (
        <FileDiff change={planned.change} unchanged="The file already has its previous content." />
      ) : (
        <PlanPlaceholder plan={plan} onRetry={retry} />
      )}
      {planned && planned.left.length > 0 && (
        <Note tone="warn">
          <b>Another program has changed these since. They won’t be undone:</b>
          <ul className={`mono ${styles.parts}`}>
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
          Undo change
        </Button>
      </DialogActions>
    </Dialog>
  );
}
