import { useEffect, useState } from 'react';
import { call } from '../../../bridge.ts';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { keyName } from '../../../format/words.ts';
import { useKey } from '../../../stores/keys/keys.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { MaskedKey } from '../facts/masked-key.tsx';
import styles from './secret.module.css';

/** How long a revealed key stays visible, in seconds. */
const seconds = 15;

/** Shows a key's secret briefly. It is logged, and kept in this component's state only. */
export function RevealDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const [secret, setSecret] = useState<string | null>(null);
  const [left, setLeft] = useState(seconds);
  const { busy, problem, run } = useAction();
  const isShown = secret !== null;

  useEffect(() => {
    if (!isShown) return;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.ceil((end - Date.now()) / 1000);
      setLeft(Math.max(0, rest));
      if (rest <= 0) setSecret(null);
    }, 250);
    return () => clearInterval(timer);
  }, [isShown]);

  const reveal = () =>
    run(async () => {
      const { key } = await call('keys.reveal', { id: keyId });
      setLeft(seconds);
      setSecret(key);
    });

  return (
    <Dialog title={`Reveal ${row ? keyName(row) : 'key'}?`} onClose={closeOverlay}>
      <Note tone="warn">
        Anyone who sees it, even in a screenshot, can use the key. You don’t need to reveal a key to copy it.
        Reveals are logged in your activity.
      </Note>
      {secret === null ? (
        <p>
          <MaskedKey id={keyId} />
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can select it
        <code className={styles.secret} tabIndex={0}>
          {secret}
        </code>
      )}
      <p className="soft small" role="status">
        {isShown ? `Hides in ${left} s.` : 'Hidden.'}
      </p>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        {isShown ? (
          <Button onClick={() => setSecret(null)}>Hide now</Button>
        ) : (
          <Button tone="danger" busy={busy} disabled={busy} onClick={() => void reveal()}>
            Reveal for {seconds} s
          </Button>
        )}
        <Button data-first onClick={closeOverlay}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
