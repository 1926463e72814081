import { useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import { ScopeTag } from '../../../components/facts/scope-tag.tsx';
import { Button } from '../../../components/forms/button.tsx';
import { Note } from '../../../components/layout/note.tsx';
import { Fact, Facts } from '../../../components/layout/pane.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { dateAndTime } from '../../../format/age.ts';
import { hintWords } from '../../../format/hint-words.ts';
import { Prose } from '../../../format/prose.tsx';
import { keyName } from '../../../format/words.ts';
import { closeOverlay, openKey, openOverlay, openProfile } from '../../../stores/window/view.ts';
import { copyKey } from '../copy-key.ts';
import { MaskedKey } from '../facts/masked-key.tsx';
import { useVaultName } from '../vault-name.ts';
import styles from './secret.module.css';

type Created = Output<'keys.create'>;

/** Shows the created key. If the vault failed, this is the only chance to save its secret. */
export function CreatedKeyPanel({ created }: { created: Created }) {
  return created.outcome === 'stored' ? <Stored created={created} /> : <NotStored created={created} />;
}

function Stored({ created: { key, profile } }: { created: Extract<Created, { outcome: 'stored' }> }) {
  const vault = useVaultName();
  const done = (): void => (profile === null ? openKey(key.id) : openProfile(profile));
  return (
    <Dialog title={`Key “${keyName(key)}” created`} onClose={done}>
      <Note tone="good">
        <b>Stored in your {vault}.</b>{' '}
        {profile === null
          ? 'You won’t need to see it. Copy it, or use it through a profile.'
          : `${profile} now uses it.`}
      </Note>
      <Facts>
        <Fact name="Account">{key.account?.nickname ?? ''}</Fact>
        <Fact name="Scope">
          <ScopeTag scope={key.scope} />
        </Fact>
        <Fact name="Key">
          <MaskedKey id={key.id} />
        </Fact>
        {key.expiresAt !== null && <Fact name="Ends">{dateAndTime(key.expiresAt)}</Fact>}
      </Facts>
      <DialogActions>
        {profile === null && <Button onClick={done}>Done</Button>}
        <Button onClick={() => void copyKey(key.id)}>Copy key</Button>
        {profile === null ? (
          <Button tone="go" data-first onClick={() => openOverlay({ kind: 'create_profile', keyId: key.id })}>
            Create profile
          </Button>
        ) : (
          <Button tone="go" data-first onClick={done}>
            Done
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function NotStored({ created }: { created: Extract<Created, { outcome: 'not_stored' }> }) {
  const { key, secret, message, hint } = created;
  const [saved, setSaved] = useState(false);
  // closing too early would lose the key for good
  const close = (): void => {
    if (saved) closeOverlay();
  };
  return (
    <Dialog title="Save this key now" onClose={close}>
      <Note tone="bad">
        <b>
          fal created {keyName(key)}, but Varvel couldn’t store it: <Prose text={message} />
        </b>
        <div>
          <Prose text={hintWords(hint)} />
        </div>
      </Note>
      <p>
        This is the only time you can see it. Save it in a safe place, or revoke it later and create another.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can select it */}
      <code className={styles.secret} tabIndex={0} data-first>
        {secret}
      </code>
      <label className="check">
        <input type="checkbox" checked={saved} onChange={(event) => setSaved(event.target.checked)} /> I’ve
        saved it in a safe place
      </label>
      <DialogActions>
        <Button tone="go" disabled={!saved} onClick={close}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
