import { ClipboardPaste } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import { checkAlias } from '../../../../core/model/key.ts';
import { call } from '../../../bridge.ts';
import { VerdictCard } from '../../../components/facts/verdict.tsx';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { keyName } from '../../../format/words.ts';
import { putKey } from '../../../stores/keys.ts';
import { useIsDesktop } from '../../../stores/window/face.ts';
import { closeOverlay, openKey, openOverlay } from '../../../stores/window/view.ts';
import { wrongWith } from '../../profiles/checked.ts';
import { useVaultWord } from '../vault-words.ts';

type Added = Output<'keys.add'>;

export function AddKeyDialog() {
  const [added, setAdded] = useState<Added | null>(null);
  if (added) return <AddedKey added={added} />;
  return (
    <Dialog title="Add a key you have" onClose={closeOverlay}>
      <AddKeyForm onAdded={setAdded} />
    </Dialog>
  );
}

function AddKeyForm({ onAdded }: { onAdded: (added: Added) => void }) {
  const isDesktop = useIsDesktop();
  const vault = useVaultWord();
  const [text, setText] = useState('');
  const [alias, setAlias] = useState('');
  const { busy, problem, run } = useAction();
  const wrong = alias === '' ? '' : wrongWith(checkAlias, alias);

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wrong) return;
    const about = { alias: alias || null, profile: null };
    await run(async () => {
      const added = isDesktop
        ? await call('keys.addFromClipboard', about)
        : await call('keys.add', { text, ...about });
      setText('');
      putKey(added.key);
      onAdded(added);
    });
  };

  return (
    <form className="dialog-form" onSubmit={(event) => void add(event)} noValidate>
      {isDesktop ? (
        <p>
          Copy the key (<code>KEY_ID:KEY_SECRET</code>) from where it is, then take it from the clipboard
          here. It goes straight into your {vault} and never comes into this window.
        </p>
      ) : (
        <TextField
          label="Key"
          type="password"
          value={text}
          maxLength={4096}
          autoComplete="off"
          hint={
            <>
              As fal gave it: <code>KEY_ID:KEY_SECRET</code>. It goes into your {vault} and leaves this page.
            </>
          }
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <TextField
        label="Name (optional)"
        value={alias}
        maxLength={300}
        placeholder="laptop"
        wrong={wrong}
        onChange={(event) => setAlias(event.target.value)}
      />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button
          tone="go"
          type="submit"
          busy={busy}
          disabled={busy || (!isDesktop && text.trim() === '')}
          {...(isDesktop && { icon: ClipboardPaste })}
        >
          {isDesktop ? 'Take it from the clipboard' : 'Add the key'}
        </Button>
      </DialogActions>
    </form>
  );
}

function AddedKey({ added: { key, already, unusual, verdict } }: { added: Added }) {
  const vault = useVaultWord();
  const done = (): void => openKey(key.id);
  return (
    <Dialog title={already ? `${keyName(key)} was here already` : `${keyName(key)} is added`} onClose={done}>
      <Note tone="good">
        <b>Stored in your {vault}.</b> {!already && 'You can clear the clipboard and the place it came from.'}
      </Note>
      {unusual && (
        <Note tone="warn">It does not look like the keys that fal makes today. It is kept all the same.</Note>
      )}
      <VerdictCard verdict={verdict} />
      <DialogActions>
        <Button onClick={done}>Done</Button>
        <Button tone="go" data-first onClick={() => openOverlay({ kind: 'new_profile', keyId: key.id })}>
          Make a profile
        </Button>
      </DialogActions>
    </Dialog>
  );
}
