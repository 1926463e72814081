import { type FormEvent, useState } from 'react';
import { call } from '../../../bridge.ts';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { count } from '../../../format/count.ts';
import { keyName, shortId } from '../../../format/words.ts';
import { dropKey, useKey } from '../../../stores/keys.ts';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay, useView } from '../../../stores/window/view.ts';
import { FilesThatHold } from '../../exports/what-breaks.tsx';

/** Ends a key at fal for good; names what stops working. */
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
        text: done.wasAtFal ? `Revoked ${name}.` : `${name} was no longer at fal; it is forgotten here too.`,
        hint: done.profiles.length > 0 ? `Without a key now: ${done.profiles.slice(0, 4).join(', ')}.` : '',
      });
    });
  };

  return (
    <Dialog title={`Revoke ${keyName(row)}?`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={(event) => void revoke(event)}>
        <Note tone="warn">
          <b>This can’t be undone.</b> fal will refuse the key {shortId(row.id)}
          {row.account && ` of ${row.account.nickname}`} everywhere at once: in apps, scripts, CI and{' '}
          <code>.env</code> files too.
        </Note>
        <Broken profiles={profiles} />
        <FilesThatHold keyId={keyId} fate="fal will refuse whatever runs with it." />
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
            Revoke
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** The profiles that will have no key. */
function Broken({ profiles }: { profiles: string[] }) {
  if (profiles.length === 0) return <p>No profile here uses it.</p>;
  return (
    <div>
      <p>{count(profiles.length, 'profile')} will have no key:</p>
      <ul className="breaks">
        {profiles.slice(0, 30).map((profile) => (
          <li key={profile}>{profile}</li>
        ))}
        {profiles.length > 30 && <li>and {profiles.length - 30} more</li>}
      </ul>
    </div>
  );
}

/** Takes a key's secret out of the vault here; at fal it lives on. */
export function ForgetDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const { busy, problem, run } = useAction();
  if (!row) return null;

  const forget = async (): Promise<void> => {
    await run(async () => {
      await call('keys.forget', { id: keyId });
      closeOverlay();
      showToast({
        text: `${keyName(row)} is forgotten here.`,
        hint: row.remote ? 'At fal it still works.' : '',
      });
    });
  };

  return (
    <Dialog title={`Forget ${keyName(row)} here?`} onClose={closeOverlay}>
      <Note tone="warn">
        <b>Its secret leaves your vault, and fal never shows it again.</b> At fal the key goes on working
        wherever else it is used: revoke it instead if it should stop.
      </Note>
      <Broken profiles={row.profiles} />
      <FilesThatHold keyId={keyId} fate="There the key stays, and goes on working." />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button data-first onClick={closeOverlay}>
          Cancel
        </Button>
        <Button tone="danger" busy={busy} disabled={busy} onClick={() => void forget()}>
          Forget
        </Button>
      </DialogActions>
    </Dialog>
  );
}
