import { type FormEvent, useState } from 'react';
import { checkProfileName, colorOf } from '../../../core/model/profile.ts';
import { call } from '../../bridge.ts';
import { Ring } from '../../components/facts/ring.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { AreaField, SelectField, TextField } from '../../components/forms/field.tsx';
import { Swatches } from '../../components/forms/swatches.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { distinctAccounts } from '../../stores/accounts.ts';
import { useKey } from '../../stores/keys.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay, openProfile } from '../../stores/window/view.ts';
import { KeyOptions } from '../keys/key-options.tsx';
import { useAccountRows } from './account-kinds.ts';
import { wrongWith } from './checked.ts';
import { switchTo } from './profile-actions.ts';
import { suggestion } from './suggestion.ts';

export function NewProfileDialog({ keyId: given }: { keyId: string | null }) {
  const key = useKey(given);
  const accounts = distinctAccounts(useAccountRows());
  const [name, setName] = useState(() => suggestion(key?.alias ?? null));
  const [keyId, setKeyId] = useState(given ?? '');
  const [accountId, setAccountId] = useState('');
  const [chosenColor, setColor] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [use, setUse] = useState(true);
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction();
  const color = chosenColor ?? colorOf(name || 'new');
  const wrong = tried ? wrongWith(checkProfileName, name) : '';

  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (wrongWith(checkProfileName, name)) return;
    const about = { color, note: note || null };
    const change = keyId ? { ...about, keyId } : { ...about, accountId: accountId || null };
    await run(async () => {
      const { followed } = await call('profiles.create', { name, change });
      if (use) await switchTo(name);
      openProfile(name);
      showToast({
        tone: 'good',
        text: `Made the profile ${name}${use ? ': it is current now' : ''}.`,
        hint: followed ? `It belongs to ${followed.to}, as its key does.` : '',
      });
    });
  };

  return (
    <Dialog
      title={
        <>
          <Ring color={color} size={22} /> New profile
        </>
      }
      onClose={closeOverlay}
    >
      <form className="dialog-form" onSubmit={(event) => void make(event)} noValidate>
        <TextField
          label="Name"
          value={name}
          data-first
          maxLength={80}
          placeholder="staging"
          wrong={wrong}
          hint="Letters, digits, dots, dashes and underscores: shells and fal’s CLI take it as it is."
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField label="Key" value={keyId} onChange={(event) => setKeyId(event.target.value)}>
          <KeyOptions none="No key yet" />
        </SelectField>
        {keyId === '' && accounts.length > 0 && (
          <SelectField
            label="Account"
            value={accountId}
            hint="With a key the account is the key’s own."
            onChange={(event) => setAccountId(event.target.value)}
          >
            <option value="">No account yet</option>
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
          <input type="checkbox" checked={use} onChange={(event) => setUse(event.target.checked)} /> Use it
          from now on
        </label>
        {problem && <ProblemNote problem={problem} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="go" type="submit" busy={busy} disabled={busy}>
            Make the profile
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
