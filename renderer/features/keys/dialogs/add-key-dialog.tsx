import { ClipboardPaste } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import { checkAlias } from '../../../../core/model/fal/alias.ts';
import type { StartUpLine } from '../../../../core/shells/shells-here.ts';
import { call } from '../../../bridge.ts';
import { PathText } from '../../../components/facts/path-text.tsx';
import { VerdictCard } from '../../../components/facts/verdict.tsx';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { keyName } from '../../../format/words.ts';
import { putKey } from '../../../stores/keys/keys.ts';
import { useIsDesktop } from '../../../stores/window/face.ts';
import { closeOverlay, openKey, openOverlay } from '../../../stores/window/view.ts';
import { validationError } from '../../profiles/validate.ts';
import { useVaultName } from '../vault-name.ts';

type Added = Output<'keys.add'>;

/** @param from the line of a start-up file that has the key. Without, a person gives it. */
export function AddKeyDialog({ from }: { from: StartUpLine | undefined }) {
  const [added, setAdded] = useState<Added | null>(null);
  if (added) return <AddedKey added={added} from={from} />;
  return (
    <Dialog title="Add existing key" onClose={closeOverlay}>
      <AddKeyForm from={from} onAdded={setAdded} />
    </Dialog>
  );
}

function AddKeyForm({ from, onAdded }: { from: StartUpLine | undefined; onAdded: (added: Added) => void }) {
  const isDesktop = useIsDesktop();
  const isPasted = !isDesktop && !from;
  const vault = useVaultName();
  const [text, setText] = useState('');
  const [alias, setAlias] = useState('');
  /** How long the clipboard's text is when it is no usual key. */
  const [unusual, setUnusual] = useState<number | null>(null);
  const { busy, problem, run } = useAction();
  const wrong = alias === '' ? '' : validationError(checkAlias, alias);

  const addFromClipboard = async (force: boolean): Promise<Added | null> => {
    const answer = await call('keys.addFromClipboard', { alias: alias || null, profile: null, force });
    if (answer.outcome === 'added') return answer.added;
    setUnusual(answer.length);
    return null;
  };

  const add = async (force: boolean): Promise<void> => {
    if (wrong) return;
    setUnusual(null);
    await run(async () => {
      const added = from
        ? await call('keys.addFromLine', { place: from, alias: alias || null })
        : isDesktop
          ? await addFromClipboard(force)
          : await call('keys.add', { text, alias: alias || null, profile: null });
      if (!added) return;
      setText('');
      putKey(added.key);
      onAdded(added);
    });
  };

  const send = (event: FormEvent): void => {
    event.preventDefault();
    void add(false);
  };

  return (
    <form className="dialog-form" onSubmit={send} noValidate>
      {from && (
        <p>
          Adds the key in <PathText path={from.file} />, line {from.line}. It goes straight into your {vault}{' '}
          and never enters this window.
        </p>
      )}
      {isDesktop && !from && (
        <p>
          Copy the key (<code>KEY_ID:KEY_SECRET</code>), then add it from the clipboard. It goes straight into
          your {vault} and never enters this window.
        </p>
      )}
      {isPasted && (
        <TextField
          label="Key"
          type="password"
          value={text}
          maxLength={4096}
          autoComplete="off"
          hint={
            <>
              Format: <code>KEY_ID:KEY_SECRET</code>. It goes into your {vault} and leaves this page.
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
      {unusual !== null && (
        <Note tone="warn">
          The clipboard’s text doesn’t look like a fal key: it has {unusual} characters. Adding it sends it to
          fal, so check that it isn’t another password.
        </Note>
      )}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        {unusual !== null && (
          <Button busy={busy} disabled={busy} onClick={() => void add(true)}>
            Add anyway
          </Button>
        )}
        <Button
          tone="go"
          type="submit"
          busy={busy}
          disabled={busy || (isPasted && text.trim() === '')}
          {...(isDesktop && !from && { icon: ClipboardPaste })}
        >
          {isDesktop && !from ? 'Add from clipboard' : 'Add key'}
        </Button>
      </DialogActions>
    </form>
  );
}

function AddedKey({
  added: { key, already, unusual, verdict },
  from,
}: {
  added: Added;
  from: StartUpLine | undefined;
}) {
  const vault = useVaultName();
  const done = (): void => openKey(key.id);
  return (
    <Dialog
      title={already ? `Key “${keyName(key)}” was already in Varvel` : `Key “${keyName(key)}” added`}
      onClose={done}
    >
      <Note tone="good">
        <b>Stored in your {vault}.</b>{' '}
        {from ? (
          <>
            You can now delete line {from.line} of <PathText path={from.file} /> and open a new shell.
          </>
        ) : (
          !already && 'You can now clear the clipboard and delete the original.'
        )}
      </Note>
      {unusual && <Note tone="warn">This doesn’t look like a current fal key. It was added anyway.</Note>}
      <VerdictCard verdict={verdict} keyId={key.id} />
      <DialogActions>
        <Button onClick={done}>Done</Button>
        <Button tone="go" data-first onClick={() => openOverlay({ kind: 'create_profile', keyId: key.id })}>
          Create profile
        </Button>
      </DialogActions>
    </Dialog>
  );
}
