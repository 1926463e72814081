import { Check, CircleSlash, Equal, type LucideIcon, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ImportStep } from '../../../core/model/falcli.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { FramedList } from '../../components/lists/framed-list.tsx';
import type { InList } from '../../components/lists/virtual-list.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { PlanWaiting } from '../../components/plans/plan-waiting.tsx';
import { usePlanned } from '../../components/plans/planned.ts';
import { countOf } from '../../format/count.ts';
import { shortId } from '../../format/words.ts';
import { importFromFalcli } from '../../stores/falcli.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { testAll } from '../../stores/tests.ts';
import { useVaultIsOpen } from '../../stores/vault.ts';
import { closeOverlay, goTo } from '../../stores/window/view.ts';
import { useVaultWord } from '../keys/vault-words.ts';
import { VaultInDialog } from '../settings/vault-forms.tsx';
import './falcli.css';

/** In px: a reason may take two lines. */
const heightOf = (step: ImportStep): number =>
  ('note' in step && step.note !== null) || 'reason' in step ? 68 : 50;

/** What fal's CLI has, what would come over, and what stays behind and why. */
export function ImportDialog() {
  // a plan that the vault has stopped is made when that is open
  const { plan, again } = usePlanned(`import ${useVaultIsOpen()}`, () => call('falcli.planImport', null));
  const [rename, setRename] = useState(true);
  const [imported, setImported] = useState<string[] | null>(null);
  const { busy, problem, run } = useAction();
  const vault = useVaultWord();
  const steps = known(plan);
  if (imported) return <Imported names={imported} />;
  const ready = steps?.filter(({ kind }) => kind === 'new' || (rename && kind === 'name')) ?? [];
  const renamed = steps?.filter(({ kind }) => kind === 'name').length ?? 0;

  const go = () =>
    run(async () => {
      const answer = await importFromFalcli(rename);
      setImported(answer.imported);
    });

  return (
    <Dialog title="Import from fal’s CLI" onClose={closeOverlay} wide>
      <p>
        Each of its profiles becomes one here, and its key goes into your {vault}. Nothing of yours is
        overwritten, and fal’s file stays as it is.
      </p>
      {!steps && <PlanWaiting plan={plan} onAgain={again} />}
      {steps?.length === 0 && <p className="soft">fal’s CLI holds no profiles.</p>}
      {steps && steps.length > 0 && (
        <FramedList
          label="What would be imported"
          items={steps}
          keyOf={({ name }) => name}
          height={heightOf}
          row={(step, place) => <Step step={step} place={place} rename={rename} />}
        />
      )}
      {renamed > 0 && (
        <label className="check">
          <input type="checkbox" checked={rename} onChange={({ target }) => setRename(target.checked)} /> Take{' '}
          {renamed === 1 ? 'the one' : `the ${renamed}`} whose name can’t be used here under a new one
        </label>
      )}
      {steps && steps.length > 0 && ready.length === 0 && (
        <Note>There is nothing to import: what can come over is here already.</Note>
      )}
      {problem && <ProblemNote problem={problem} />}
      <VaultInDialog problem={problem ?? (plan.state === 'failed' ? plan.problem : null)} />
      <DialogActions>
        <Button onClick={closeOverlay}>{ready.length === 0 && steps ? 'Close' : 'Cancel'}</Button>
        {ready.length > 0 && (
          <Button tone="go" data-first busy={busy} disabled={busy} onClick={() => void go()}>
            Import {countOf(ready.length, 'profile')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Step({ step, place, rename }: { step: ImportStep; place: InList; rename: boolean }) {
  const { name, keyId } = step;
  const comes = step.kind === 'new' || (step.kind === 'name' && rename);
  const icons: Record<ImportStep['kind'], LucideIcon> = {
    new: Plus,
    name: rename ? Plus : CircleSlash,
    same: Equal,
    conflict: CircleSlash,
    unusable: CircleSlash,
  };
  const Icon = icons[step.kind];
  const said = outcome(step, rename);
  return (
    <div className={`framed-row ${comes ? 'framed-good' : ''}`} data-main tabIndex={place.tabIndex}>
      <Icon size={16} strokeWidth={2} aria-hidden="true" />
      <span className="framed-words">
        <b className="clip">{name}</b>
        <span className="soft small two-lines" title={said}>
          {said}
        </span>
      </span>
      {keyId !== null && (
        <span className="mono soft falcli-key" title={keyId}>
          {shortId(keyId)}
        </span>
      )}
    </div>
  );
}

/** What happens to a profile of fal's CLI, in a sentence. */
export function outcome(step: ImportStep, rename: boolean): string {
  switch (step.kind) {
    case 'new':
      return ['Comes over.', step.note].filter(Boolean).join(' ');
    case 'same':
      return 'Here already.';
    case 'name':
      return rename ? `Comes over as ${step.proposal}.` : 'Stays behind: its name can’t be used here.';
    default:
      return `Stays behind. ${step.reason}`;
  }
}

function Imported({ names }: { names: string[] }) {
  return (
    <Dialog title="Imported" onClose={closeOverlay}>
      <p role="status" className="falcli-done">
        <Check size={17} strokeWidth={2.2} aria-hidden="true" />
        <span>{countOf(names.length, 'profile')} came over from fal’s CLI.</span>
      </p>
      <p className="soft">A free test says whose the keys are, and whether they work.</p>
      <DialogActions>
        <Button
          onClick={() => {
            goTo('profiles');
            void testAll(names.length);
          }}
        >
          Test all keys
        </Button>
        <Button tone="go" data-first onClick={() => goTo('profiles')}>
          See the profiles
        </Button>
      </DialogActions>
    </Dialog>
  );
}
