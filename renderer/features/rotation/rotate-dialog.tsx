import { useState } from 'react';
import { defaultGraceMs, type RotationView } from '../../../core/model/machine/rotation.ts';
import { call, newRun } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { SelectField } from '../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { PlanPlaceholder } from '../../components/plans/plan-placeholder.tsx';
import { usePlan } from '../../components/plans/use-plan.ts';
import { keyName } from '../../format/words.ts';
import { useKey } from '../../stores/keys/keys.ts';
import { useRotation, useRotations } from '../../stores/keys/rotations.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { Consumers } from './consumers.tsx';
import { RotationProgress } from './rotation-progress.tsx';

const hour = 3_600_000;
const graces = [
  { ms: 0, label: 'None: revoke the old key at once' },
  { ms: hour, label: '1 hour' },
  { ms: defaultGraceMs, label: '24 hours' },
  { ms: 7 * defaultGraceMs, label: '7 days' },
  { ms: 30 * defaultGraceMs, label: '30 days' },
];

/** Rotates a key: who uses it, then the progress, then what is left to do. */
export function RotateDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const going = useRotation(keyId);
  const [ended, setEnded] = useState<RotationView | null>(null);
  const [name] = useState(row ? keyName(row) : keyId);
  const action = useAction();
  const rotation = going ?? ended;

  const run = (work: (job: string) => Promise<RotationView>): void =>
    void action.run(async () => {
      try {
        const after = await work(newRun());
        setEnded(after.step === 'ended' ? after : null);
      } finally {
        await useRotations.getState().reload();
      }
    });

  return (
    <Dialog title={rotation ? `Rotation of ${name}` : `Rotate ${name}?`} onClose={closeOverlay} wide>
      {rotation || action.busy ? (
        <RotationProgress rotation={rotation} busy={action.busy} run={run} />
      ) : (
        <Plan
          keyId={keyId}
          start={(graceMs) => run((job) => call('rotations.start', { run: job, id: keyId, graceMs }))}
        />
      )}
      {action.problem && !going?.problem && <ProblemNote problem={action.problem} offers={false} />}
    </Dialog>
  );
}

function Plan({ keyId, start }: { keyId: string; start: (graceMs: number) => void }) {
  const { plan, retry } = usePlan(keyId, () => call('rotations.plan', { id: keyId }));
  const [graceMs, setGraceMs] = useState(defaultGraceMs);
  const found = known(plan);
  return (
    <>
      {found ? (
        <>
          <p>
            Varvel creates <b>{found.newAlias}</b>, an {found.scope} key of {found.account.nickname}, tests
            it, and gives it to everything below. Then the old key is revoked.
          </p>
          <Consumers map={found.consumers} />
          <SelectField
            label="Grace period"
            hint="The old key works this long, or until fal’s usage shows that nothing uses it."
            value={graceMs}
            onChange={(event) => setGraceMs(Number(event.target.value))}
          >
            {graces.map(({ ms, label }) => (
              <option key={ms} value={ms}>
                {label}
              </option>
            ))}
          </SelectField>
          {graceMs === 0 && (
            <Note tone="warn">
              Programs that still run with the old key will stop working, and this can’t be undone.
            </Note>
          )}
        </>
      ) : (
        <PlanPlaceholder plan={plan} onRetry={retry} />
      )}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" data-first disabled={!found} onClick={() => start(graceMs)}>
          Rotate key
        </Button>
      </DialogActions>
    </>
  );
}
