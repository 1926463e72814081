import { type FormEvent, useState } from 'react';
import { checkProfileName, colorOf, switchWarning } from '../../../../core/model/profile.ts';
import { call } from '../../../bridge.ts';
import { Ring } from '../../../components/facts/ring.tsx';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { AreaField, SelectField, TextField } from '../../../components/forms/field.tsx';
import { Swatches } from '../../../components/forms/swatches.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { distinctAccounts } from '../../../stores/accounts.ts';
import { useKey } from '../../../stores/keys/keys.ts';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay, openProfile } from '../../../stores/window/view.ts';
import { KeyOptions } from '../../keys/key-options.tsx';
import { useAccountRows } from '../account-kinds.ts';
import { switchAnyway } from '../profile-actions.ts';
import { validationError } from '../validate.ts';
import { suggestProfileName } from './suggest-profile-name.ts';

export function CreateProfileDialog({
  keyId: given,
  name: wanted,
}: {
  keyId: string | null;
  name: string | undefined;
}) {
  const key = useKey(given);
  const accounts = distinctAccounts(useAccountRows());
  const [name, setName] = useState(() => suggestProfileName(wanted ?? key?.alias ?? null));
  const [keyId, setKeyId] = useState(given ?? '');
  const [accountId, setAccountId] = useState('');
  const [chosenColor, setColor] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [wantsSwitch, setWantsSwitch] = useState<boolean | null>(null);
  const verdict = useKey(keyId)?.verdict ?? null;
  const warning = switchWarning({ name: name || 'It', keyId: keyId || null, verdict });
  const switchNow = wantsSwitch ?? warning === null;
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction();
  const color = chosenColor ?? colorOf(name || 'new');
  const wrong = tried ? validationError(checkProfileName, name) : '';

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (validationError(checkProfileName, name)) return;
    const about = { color, note: note || null };
    const change = keyId ? { ...about, keyId } : { ...about, accountId: accountId || null };
    await run(async () => {
      const { followed } = await call('profiles.create', { name, change });
      openProfile(name);
      const hint = followed ? `Its account is ${followed.to}, the key’s account.` : '';
      if (switchNow) await switchAnyway(name, [`Created ${name}.`, hint].filter(Boolean).join(' '));
      else showToast({ tone: 'good', text: `Created ${name}.`, hint });
    });
  };

  return (
    <Dialog
      title={
        <>
          <Ring color={color} size={22} /> Create profile
        </>
      }
      onClose={closeOverlay}
    >
      <form className="dialog-form" onSubmit={(event) => void create(event)} noValidate>
        <TextField
          label="Name"
          value={name}
          data-first
          maxLength={80}
          placeholder="staging"
          wrong={wrong}
          hint="Letters, digits, dots, dashes and underscores. Works unquoted in shells and the fal CLI."
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField label="Key" value={keyId} onChange={(event) => setKeyId(event.target.value)}>
          <KeyOptions none="No key" />
        </SelectField>
        {keyId === '' && accounts.length > 0 && (
          <SelectField
            label="Account"
            value={accountId}
            hint="If you pick a key, its account is used."
            onChange={(event) => setAccountId(event.target.value)}
          >
            <option value="">No account</option>
            {accounts.map(({ id, nickname }) => (
              <option key={id} value={id}>
                {nickname}
              </option>
            ))}
          </SelectField>
        )}
        <div className="field">
          <span className="field-label" aria-hidden="true">
            Colour
          </span>
          <Swatches value={color} onChange={setColor} />
        </div>
        <AreaField
          label="Note"
          value={note}
          rows={2}
          maxLength={2000}
          onChange={(event) => setNote(event.target.value)}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={switchNow}
            onChange={(event) => setWantsSwitch(event.target.checked)}
          />{' '}
          Switch to it now
        </label>
        {switchNow && warning && (
          <Note tone="warn">{warning} Shells and tools that follow it won’t be able to call fal.</Note>
        )}
        {problem && <ProblemNote problem={problem} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="go" type="submit" busy={busy} disabled={busy}>
            Create profile
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
