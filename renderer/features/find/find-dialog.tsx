import { useCallback, useEffect, useRef, useState } from 'react';
import type { Found } from '../../../contract/methods/find.ts';
import { call, newRun } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { keyName } from '../../format/words.ts';
import { useKey } from '../../stores/keys/keys.ts';
import { useSearchProgress } from '../../stores/search.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { VaultInDialog } from '../settings/vault-forms.tsx';
import { FindForm, type SearchPlaces } from './find-form.tsx';
import { FindResults } from './find-results.tsx';
import { copiesText, searchedText } from './find-words.ts';

/** Finds copies of keys in files and git histories: where to search, the progress, and what was found. */
export function FindDialog({ keyId }: { keyId: string | null }) {
  const row = useKey(keyId ?? '');
  const [name] = useState(row ? keyName(row) : keyId);
  const [found, setFound] = useState<Found | null>(null);
  const { busy, problem, run, clear } = useAction();
  const job = useRef<string | null>(null);
  const keyIds = keyId === null ? null : [keyId];

  const cancel = useCallback((): void => {
    if (job.current !== null) void call('work.cancel', { run: job.current }).catch(() => undefined);
  }, []);
  // a closed dialog shows nothing, so nothing goes on
  useEffect(() => cancel, [cancel]);

  const search = (places: SearchPlaces): void =>
    void run(async () => {
      const id = newRun();
      job.current = id;
      useSearchProgress.setState({ progress: null });
      try {
        setFound(await call('find.search', { run: id, keyIds, ...places }));
      } finally {
        job.current = null;
      }
    });

  return (
    <Dialog
      title={name === null ? 'Find copies of your keys' : `Find copies of ${name}`}
      onClose={closeOverlay}
      wide
    >
      {/* it stays, so that another search begins with the same places */}
      <div hidden={busy || found !== null}>
        <FindForm onSearch={search} onChange={clear}>
          {problem && problem.code !== 'cancelled' && <ProblemNote problem={problem} />}
        </FindForm>
        <VaultInDialog problem={problem} />
      </div>
      {busy && <Searching cancel={cancel} />}
      {found && !busy && <FindResults found={found} onAgain={() => setFound(null)} />}
    </Dialog>
  );
}

function Searching({ cancel }: { cancel: () => void }) {
  const progress = useSearchProgress((state) => state.progress);
  const [cancelling, setCancelling] = useState(false);
  return (
    <>
      <p role="status">
        {progress
          ? `Searched ${searchedText(progress.searched)}. Found ${copiesText(progress.copies)}.`
          : 'Searching…'}
      </p>
      <progress aria-label="Searching" />
      <DialogActions>
        <Button
          data-first
          disabled={cancelling}
          onClick={() => {
            setCancelling(true);
            cancel();
          }}
        >
          {cancelling ? 'Stopping…' : 'Cancel'}
        </Button>
      </DialogActions>
    </>
  );
}
