import type { ExportedFile } from '../../../core/exports/formats/exported-file.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { PlanPlaceholder } from '../../components/plans/plan-placeholder.tsx';
import { usePlan } from '../../components/plans/use-plan.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { undoExport } from './export-actions.ts';

/** Undoes the last export of a variable to a file, after a preview. */
export function UndoExportDialog({ file }: { file: ExportedFile }) {
  const { path, variable, state } = file;
  const { plan, retry } = usePlan(`${path} ${variable}`, () => call('exports.planUndo', { path, variable }));
  const { busy, problem, run } = useAction();
  const change = known(plan);

  const undo = () =>
    run(async () => {
      await undoExport(file, state === 'fresh');
      closeOverlay();
    });

  return (
    <Dialog title={`Undo the export of ${variable}?`} onClose={closeOverlay} wide>
      {change ? (
        <FileDiff change={change} unchanged="The file already has its previous content." />
      ) : (
        <PlanPlaceholder plan={plan} onRetry={retry} />
      )}
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" data-first busy={busy} disabled={busy || !change} onClick={() => void undo()}>
          Undo export
        </Button>
      </DialogActions>
    </Dialog>
  );
}
