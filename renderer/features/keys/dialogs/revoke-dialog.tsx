import { type FormEvent, useState } from 'react';
import { call } from '../../../bridge.ts';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { countOf } from '../../../format/count.ts';
import { keyName, shortId } from '../../../format/words.ts';
import { dropKey, useKey } from '../../../stores/keys/keys.ts';
import { useRotation } from '../../../stores/keys/rotations.ts';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay, useView } from '../../../stores/window/view.ts';
import { FilesWithKey } from '../../exports/used/what-breaks.tsx';
import styles from './revoke-dialog.module.css';

/** Revokes a key at fal, after listing what will stop working. */
export function RevokeDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const [typed, setTyped] = useState('');
  const { busy, problem, run } = useAction();
  if (!row) return null;
  const name = row.alias ?? row.id.slice(0, 8);
  const { profiles } = row;

  const revoke = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (typed.trim() !== name) return;
    await run(async () => {
      const done = await call('keys.revoke', { id: keyId });
      dropKey(keyId);
      if (useView.getState().key === keyId) useView.setState({ key: null });
      closeOverlay();
      showToast({
        tone: 'good',
        text: done.wasAtFal ? `Revoked ${name}.` : `fal no longer had ${name}. Varvel has forgotten it too.`,
        hint: withoutKeyText(done.profiles),
      });
    });
  };

  return (
    <Dialog title={`Revoke ${keyName(row)}?`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={(event) => void revoke(event)}>
        <Note tone="warn">
          <b>This can’t be undone.</b> The key {shortId(row.id)}
          {row.account && ` of ${row.account.nickname}`} will stop working everywhere at once, including apps,
          scripts, CI and <code>.env</code> files.
        </Note>
        <ProfilesWithoutKey profiles={profiles} />
        <RotationNeeds keyId={keyId} />
        <FilesWithKey keyId={keyId} consequence="Programs that use it will stop working." />
        <TextField
          label={`Type ${name} to confirm`}
          value={typed}
          data-first
          onChange={(event) => setTyped(event.target.value)}
        />
        {problem && <ProblemNote problem={problem} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="danger" type="submit" busy={busy} disabled={busy || typed.trim() !== name}>
            Revoke key
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** “ux-review now has no key.” Empty when no profile is affected. */
function withoutKeyText(profiles: string[]): string {
  if (profiles.length === 0) return '';
  const named = profiles.slice(0, 4).join(', ');
  const rest = profiles.length > 4 ? ` and ${profiles.length - 4} more` : '';
  return `${named}${rest} now ${profiles.length === 1 ? 'has' : 'have'} no key.`;
}

/** The profiles that will have no key. */
function ProfilesWithoutKey({ profiles }: { profiles: string[] }) {
  if (profiles.length === 0) return <p>No profile uses it.</p>;
  return (
    <div>
      <p>{countOf(profiles.length, 'profile')} will have no key:</p>
      <ul className={styles.profiles}>
        {profiles.slice(0, 30).map((profile) => (
          <li key={profile}>{profile}</li>
        ))}
        {profiles.length > 30 && <li>and {profiles.length - 30} more</li>}
      </ul>
    </div>
  );
}

/** What a rotation that isn’t over loses. */
function RotationNeeds({ keyId }: { keyId: string }) {
  const rotation = useRotation(keyId);
  if (!rotation) return null;
  return (
    <p>
      {rotation.oldKeyId === keyId
        ? 'It is being rotated, which can’t be aborted without it.'
        : 'It is the new key of a rotation that isn’t over, which can’t go on without it.'}
    </p>
  );
}

/** Deletes a key's secret from the vault. The key still works at fal. */
export function ForgetDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const { busy, problem, run } = useAction();
  if (!row) return null;

  const forget = async (): Promise<void> => {
    await run(async () => {
      await call('keys.forget', { id: keyId });
      closeOverlay();
      showToast({
        text: `${keyName(row)} forgotten.`,
        hint: row.remote ? 'It still works at fal.' : '',
      });
    });
  };

  return (
    <Dialog title={`Forget ${keyName(row)}?`} onClose={closeOverlay}>
      <Note tone="warn">
        <b>The secret will be deleted from your vault. fal can’t show it again.</b> The key keeps working
        wherever else it’s used. To stop it, revoke it instead.
      </Note>
      <ProfilesWithoutKey profiles={row.profiles} />
      <RotationNeeds keyId={keyId} />
      <FilesWithKey keyId={keyId} consequence="The key stays there and keeps working." />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button data-first onClick={closeOverlay}>
          Cancel
        </Button>
        <Button tone="danger" busy={busy} disabled={busy} onClick={() => void forget()}>
          Forget key
        </Button>
      </DialogActions>
    </Dialog>
  );
}
