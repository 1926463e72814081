import { useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import { ScopeTag } from '../../../components/facts/scope-tag.tsx';
import { Button } from '../../../components/forms/button.tsx';
import { Note } from '../../../components/layout/note.tsx';
import { Fact, Facts } from '../../../components/layout/pane.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { hintWords } from '../../../format/hint-words.ts';
import { Prose } from '../../../format/prose.tsx';
import { keyName } from '../../../format/words.ts';
import { closeOverlay, openKey, openOverlay } from '../../../stores/window/view.ts';
import { copyKey } from '../copy-key.ts';
import { Masked } from '../masked.tsx';
import { useVaultWord } from '../vault-words.ts';

type Created = Output<'keys.create'>;

/** The end of making a key: its secret is kept, or, when the vault failed, here is the one chance to keep it. */
export function CreatedKeyPanel({ created }: { created: Created }) {
  return created.outcome === 'stored' ? <Stored created={created} /> : <NotStored created={created} />;
}

function Stored({ created: { key } }: { created: Extract<Created, { outcome: 'stored' }> }) {
  const vault = useVaultWord();
  const done = (): void => openKey(key.id);
  return (
    <Dialog title={`${keyName(key)} is made`} onClose={done}>
      <Note tone="good">
        <b>Stored in your {vault}.</b> Nobody needs to see it: copy it when something asks for it, or let a
        profile hand it over.
      </Note>
      <Facts>
        <Fact name="Account">{key.account?.nickname ?? ''}</Fact>
        <Fact name="Scope">
          <ScopeTag scope={key.scope} />
        </Fact>
        <Fact name="Key">
          <Masked id={key.id} />
        </Fact>
      </Facts>
      <DialogActions>
        <Button onClick={done}>Done</Button>
        <Button onClick={() => void copyKey(key.id)}>Copy</Button>
        <Button tone="go" data-first onClick={() => openOverlay({ kind: 'new_profile', keyId: key.id })}>
          Make a profile
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function NotStored({ created }: { created: Extract<Created, { outcome: 'not_stored' }> }) {
  const { key, secret, message, hint } = created;
  const [kept, setKept] = useState(false);
  // closing by Escape or the cross would lose the key for good
  const close = (): void => {
    if (kept) closeOverlay();
  };
  return (
    <Dialog title="Keep this key now" onClose={close}>
      <Note tone="bad">
        <b>
          fal has made {keyName(key)}, but it could not be stored: <Prose text={message} />
        </b>
        <div>
          <Prose text={hintWords(hint)} />
        </div>
      </Note>
      <p>
        This is the only time it can be seen. Put it into a safe place, or revoke it later and make another.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can select it */}
      <code className="secret" tabIndex={0} data-first>
        {secret}
      </code>
      <label className="check">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} /> I have
        put it into a safe place
      </label>
      <DialogActions>
        <Button tone="go" disabled={!kept} onClick={close}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
