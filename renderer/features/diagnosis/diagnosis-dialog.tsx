import { useState } from 'react';
import type { DiagnosisView } from '../../../core/model/fal/diagnosis.ts';
import { call, newRun } from '../../bridge.ts';
import { Spinner } from '../../components/facts/ring.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { CopyButton } from '../../components/forms/copy-button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { usePlan } from '../../components/plans/use-plan.ts';
import { keyName } from '../../format/words.ts';
import { useKey } from '../../stores/keys/keys.ts';
import { testKey } from '../../stores/keys/tests.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { openFalPage } from '../../stores/window/fal-page.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { Finding } from './finding.tsx';
import { SaveReport } from './save-report.tsx';
import { WatchSwitch } from './watch-switch.tsx';

/** Why fal refuses a key: what is known, what to do, and who can do it. */
export function DiagnosisDialog({ keyId, profile }: { keyId: string; profile: string | null }) {
  const row = useKey(keyId);
  const [name] = useState(row ? keyName(row) : keyId);
  const { plan, retry } = usePlan(keyId, () => call('locks.diagnose', { run: newRun(), id: keyId, profile }));
  const found = known(plan);
  return (
    <Dialog title={`Why is ${profile ?? name} refused?`} onClose={closeOverlay} wide>
      {plan.state === 'loading' && (
        <p className="soft" role="status">
          <Spinner size={14} /> Asking fal…
        </p>
      )}
      {plan.state === 'failed' && (
        <ProblemNote problem={plan.problem} actions={<Button onClick={retry}>Try again</Button>} />
      )}
      {found && <Finding diagnosis={found} />}
      {found ? (
        <Actions diagnosis={found} again={retry} />
      ) : (
        <DialogActions>
          <Button data-first onClick={closeOverlay}>
            Close
          </Button>
        </DialogActions>
      )}
    </Dialog>
  );
}

const pageLabels = { billing: 'Open fal billing', keys: 'Open keys at fal' } as const;

function Actions({ diagnosis, again }: { diagnosis: DiagnosisView; again: () => void }) {
  const { keyId, pattern, report, explanation } = diagnosis;
  const { busy, problem, run } = useAction();
  const [saving, setSaving] = useState(false);
  const { page } = explanation;
  const works = pattern === 'works';
  return (
    <>
      {!works && pattern !== 'wrong_key' && <WatchSwitch keyId={keyId} />}
      {saving && <SaveReport report={report} onClose={() => setSaving(false)} />}
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Close</Button>
        {!saving && <Button onClick={() => setSaving(true)}>Save report…</Button>}
        <CopyButton text={report} label="Copy report" />
        <Button
          busy={busy}
          disabled={busy}
          onClick={() =>
            void run(async () => {
              await testKey(keyId);
              again();
            })
          }
        >
          Test again
        </Button>
        {page && (
          <Button tone="go" data-first onClick={() => void openFalPage(page)}>
            {pageLabels[page]}
          </Button>
        )}
      </DialogActions>
    </>
  );
}
