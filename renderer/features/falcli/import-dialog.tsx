import { Check, CircleSlash, Equal, type LucideIcon, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ImportStep } from '../../../core/model/machine/falcli.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { FramedList } from '../../components/lists/framed-list.tsx';
import type { RowPlace } from '../../components/lists/virtual-list.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { PlanPlaceholder } from '../../components/plans/plan-placeholder.tsx';
import { usePlan } from '../../components/plans/use-plan.ts';
import { countOf } from '../../format/count.ts';
import { shortId, shortIds } from '../../format/words.ts';
import { importFromFalcli } from '../../stores/falcli.ts';
import { testAll } from '../../stores/keys/tests.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useVaultIsOpen } from '../../stores/vault.ts';
import { closeOverlay, goTo } from '../../stores/window/view.ts';
import { useVaultName } from '../keys/vault-name.ts';
import { VaultInDialog } from '../settings/vault-forms.tsx';
import styles from './import-dialog.module.css';

/** In px. A reason may take two lines. */
const heightOf = (step: ImportStep): number =>
  ('note' in step && step.note !== null) || 'reason' in step ? 68 : 50;

/** Shows which profiles of the fal CLI can be imported, and imports them. */
export function ImportDialog() {
  // plan again once the vault is open
  const { plan, retry } = usePlan(`import ${useVaultIsOpen()}`, () => call('falcli.planImport', null));
  const [rename, setRename] = useState(true);
  const [imported, setImported] = useState<string[] | null>(null);
  const { busy, problem, run } = useAction();
  const vault = useVaultName();
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
    <Dialog title="Import from the fal CLI" onClose={closeOverlay} wide>
      <p>
        Imports each profile and stores its key in your {vault}. Nothing in Varvel is overwritten, and the fal
        CLI’s file doesn’t change.
      </p>
      {!steps && <PlanPlaceholder plan={plan} onRetry={retry} />}
      {steps?.length === 0 && <p className="soft">The fal CLI has no profiles.</p>}
      {steps && steps.length > 0 && (
        <FramedList
          label="Profiles to import"
          items={steps}
          keyOf={({ name }) => name}
          height={heightOf}
          row={(step, place) => <Step step={step} place={place} rename={rename} />}
        />
      )}
      {renamed > 0 && (
        <label className="check">
          <input type="checkbox" checked={rename} onChange={({ target }) => setRename(target.checked)} />{' '}
          Rename {countOf(renamed, 'profile whose name isn’t', 'profiles whose names aren’t')} allowed in
          Varvel
        </label>
      )}
      {steps && steps.length > 0 && ready.length === 0 && (
        <Note>Nothing to import. Everything that can be imported is already in Varvel.</Note>
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

function Step({ step, place, rename }: { step: ImportStep; place: RowPlace; rename: boolean }) {
  const { name, keyId } = step;
  const isImported = step.kind === 'new' || (step.kind === 'name' && rename);
  const icons: Record<ImportStep['kind'], LucideIcon> = {
    new: Plus,
    name: rename ? Plus : CircleSlash,
    same: Equal,
    conflict: CircleSlash,
    unusable: CircleSlash,
  };
  const Icon = icons[step.kind];
  const outcome = describeImport(step, rename);
  return (
    <div className={`framed-row ${isImported ? 'framed-good' : ''}`} data-main tabIndex={place.tabIndex}>
      <Icon size={16} strokeWidth={2} aria-hidden="true" />
      <span className="framed-words">
        <b className="clip">{name}</b>
        <span className="soft small two-lines" title={outcome}>
          {outcome}
        </span>
      </span>
      {keyId !== null && (
        <span className={`mono soft ${styles.key}`} title={keyId}>
          {shortId(keyId)}
        </span>
      )}
    </div>
  );
}

/** What importing does with a profile. */
export function describeImport(step: ImportStep, rename: boolean): string {
  switch (step.kind) {
    case 'new':
      return ['Will be imported.', step.note].filter(Boolean).join(' ');
    case 'same':
      return 'Already in Varvel.';
    case 'name':
      return rename ? `Will be imported as ${step.proposal}.` : 'Skipped: its name isn’t allowed in Varvel.';
    default:
      return `Skipped. ${shortIds(step.reason)}`;
  }
}

function Imported({ names }: { names: string[] }) {
  return (
    <Dialog title="Import complete" onClose={closeOverlay}>
      <p role="status" className={styles.done}>
        <Check size={17} strokeWidth={2.2} aria-hidden="true" />
        <span>Imported {countOf(names.length, 'profile')} from the fal CLI.</span>
      </p>
      <p className="soft">Run a free test to see each key’s account and whether it works.</p>
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
          Show profiles
        </Button>
      </DialogActions>
    </Dialog>
  );
}
