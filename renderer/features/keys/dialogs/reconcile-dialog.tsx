import { type ReactNode, useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import { isForgettable, isRevocable, type KeyPlace } from '../../../../core/model/key-comparison.ts';
import { Button } from '../../../components/forms/button.tsx';
import { Note } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { PlanPlaceholder } from '../../../components/plans/plan-placeholder.tsx';
import { usePlan } from '../../../components/plans/use-plan.ts';
import { countOf } from '../../../format/count.ts';
import { keyName, shortId } from '../../../format/words.ts';
import { reconcileKeys } from '../../../stores/keys/keys.ts';
import { known } from '../../../stores/snapshots/resource.ts';
import { closeOverlay, type Overlay, openOverlay } from '../../../stores/window/view.ts';
import { PartProblems } from '../refresh-problems.tsx';
import styles from './reconcile-dialog.module.css';

type Placed = Output<'keys.reconcile'>['keys'][number];

const back: Overlay = { kind: 'reconcile' };

const sections: { place: KeyPlace; title: string; text: string }[] = [
  {
    place: 'no_secret',
    title: 'Without their secret',
    text: 'Varvel knows these keys, but their secrets are no longer in your vault.',
  },
  {
    place: 'only_here',
    title: 'Only here',
    text: 'fal no longer lists these keys: they were revoked, and their secrets are of no use.',
  },
  {
    place: 'only_fal',
    title: 'Only at fal',
    text: 'These keys work, but their secrets aren’t here. Other people and machines may use them.',
  },
];

/** Compares the vault, the database and fal, and offers what can be done about the differences. */
export function ReconcileDialog() {
  const { plan, retry } = usePlan('reconcile', reconcileKeys);
  const found = known(plan);
  const well = found?.keys.filter(({ place }) => place === 'both').length ?? 0;
  const odd = found?.keys.filter(({ place }) => place !== 'both' && place !== 'unchecked') ?? [];
  const unchecked = found?.keys.filter(({ place }) => place === 'unchecked').length ?? 0;
  return (
    <Dialog title="Reconcile keys" onClose={closeOverlay} wide>
      {!found && <PlanPlaceholder plan={plan} onRetry={retry} />}
      {found && (
        <>
          <p role="status">
            {countOf(well, 'key')} here and at fal.{' '}
            {odd.length === 0 ? 'Nothing to tidy up.' : `${countOf(odd.length, 'key')} to look at.`}
          </p>
          {found.recovered.length > 0 && (
            <Note tone="good">
              Recovered {countOf(found.recovered.length, 'key')} that the database had lost.
            </Note>
          )}
          <PartProblems problems={found.problems} retry={<Button onClick={retry}>Try again</Button>} />
          {unchecked > 0 && (
            <p className="soft small">
              {countOf(unchecked, 'key')} not checked with fal, because nobody is signed in to the account.
            </p>
          )}
          {sections.map(({ place, title, text }) => (
            <PlaceSection
              key={place}
              title={title}
              text={text}
              keys={found.keys.filter((each) => each.place === place)}
            />
          ))}
        </>
      )}
      <DialogActions>
        <Button data-first onClick={closeOverlay}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function PlaceSection({ title, text, keys }: { title: string; text: string; keys: Placed[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (keys.length === 0) return null;
  const all = chosen.size === keys.length;
  const toggle = (id: string): void =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id]),
    );
  const idsOf = (isFit: (placed: Placed) => boolean): string[] =>
    keys.filter((placed) => chosen.has(placed.key.id) && isFit(placed)).map(({ key }) => key.id);
  const forgettable = idsOf(isForgettable);
  const revocable = idsOf(isRevocable);
  return (
    <section className={styles.section} aria-label={title}>
      <h3>
        {title} <span className="soft small">{keys.length}</span>
      </h3>
      <p className="soft small">{text}</p>
      <ul className={styles.list}>
        {keys.map(({ key }) => (
          <li key={key.id}>
            <label>
              <input type="checkbox" checked={chosen.has(key.id)} onChange={() => toggle(key.id)} />
              <KeyWords placed={key} />
            </label>
          </li>
        ))}
      </ul>
      <div className="pane-actions">
        <Button onClick={() => setChosen(all ? new Set() : new Set(keys.map(({ key }) => key.id)))}>
          {all ? 'Select none' : 'Select all'}
        </Button>
        {keys.some(({ place }) => place !== 'only_here') && (
          <Button onClick={() => openOverlay({ kind: 'add_key', back })}>Add secret…</Button>
        )}
        {keys.some(isForgettable) && (
          <ActionButton ids={forgettable} open={(ids) => ({ kind: 'forget_keys', ids, back })}>
            Forget…
          </ActionButton>
        )}
        {keys.some(isRevocable) && (
          <ActionButton ids={revocable} open={(ids) => ({ kind: 'revoke_keys', ids, back })}>
            Revoke…
          </ActionButton>
        )}
      </div>
    </section>
  );
}

function ActionButton({
  ids,
  open,
  children,
}: {
  ids: string[];
  open: (ids: string[]) => Overlay;
  children: ReactNode;
}) {
  return (
    <Button disabled={ids.length === 0} onClick={() => openOverlay(open(ids))}>
      {children}
    </Button>
  );
}

function KeyWords({ placed: { id, alias, account, profiles, expiresAt } }: { placed: Placed['key'] }) {
  const about = [
    account?.nickname,
    alias === null ? null : shortId(id),
    expiresAt === null ? null : 'temporary',
    profiles.length > 0 ? `used by ${profiles.slice(0, 3).join(', ')}` : null,
  ].filter(Boolean);
  return (
    <span>
      <b>{keyName({ id, alias })}</b> <span className="soft small">{about.join(' · ')}</span>
    </span>
  );
}
