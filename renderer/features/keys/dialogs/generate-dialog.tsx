import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import type { Problem } from '../../../../contract/problem.ts';
import { call, newRun } from '../../../bridge.ts';
import { isCancelled, problemOf } from '../../../call-error.ts';
import { Spinner } from '../../../components/facts/ring.tsx';
import { VerdictCard } from '../../../components/facts/verdict.tsx';
import { Button } from '../../../components/forms/button.tsx';
import { AreaField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { formatMoney, formatPrice } from '../../../format/money.ts';
import { keyName } from '../../../format/words.ts';
import { useKey } from '../../../stores/keys/keys.ts';
import { putVerdict } from '../../../stores/keys/tests.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { loadPrice } from '../price.ts';
import styles from './generate-dialog.module.css';

type PriceState =
  | { state: 'loading' }
  | { state: 'loaded'; price: Output<'keys.price'> }
  | { state: 'failed'; problem: Problem };

type Generation =
  | { state: 'idle' }
  | { state: 'running'; run: string }
  | { state: 'done'; result: Output<'keys.generate'>; prompt: string }
  | { state: 'failed'; problem: Problem };

const firstPrompt = 'A small engraved brass ring on a falcon’s leg, soft morning light';

/** Tests a key with a real picture. Shows the price first. */
export function GenerateDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const [prompt, setPrompt] = useState(firstPrompt);
  const [generation, setGeneration] = useState<Generation>({ state: 'idle' });
  const priceState = usePriceState(keyId);
  const run = generation.state === 'running' ? generation.run : null;
  useCancelOnClose(run);

  const generate = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (prompt.trim() === '' || generation.state === 'running') return;
    const mine = newRun();
    setGeneration({ state: 'running', run: mine });
    try {
      const result = await call('keys.generate', { run: mine, id: keyId, prompt });
      putVerdict(keyId, result.verdict);
      setGeneration({ state: 'done', result, prompt });
    } catch (error) {
      const problem = problemOf(error);
      setGeneration(isCancelled(problem) ? { state: 'idle' } : { state: 'failed', problem });
    }
  };

  const amount = priceState.state === 'loaded' ? priceState.price : null;
  return (
    <Dialog title={`Generate picture with ${row ? keyName(row) : 'this key'}`} onClose={closeOverlay} wide>
      <form className="dialog-form" onSubmit={(event) => void generate(event)}>
        <Cost priceState={priceState} account={row?.account?.nickname ?? null} />
        <AreaField
          label="Prompt"
          rows={2}
          value={prompt}
          maxLength={1000}
          disabled={generation.state === 'running'}
          onChange={(event) => setPrompt(event.target.value)}
        />
        <Outcome keyId={keyId} generation={generation} />
        <DialogActions>
          {generation.state === 'running' ? (
            <Button onClick={() => void call('work.cancel', { run: generation.run })}>Cancel</Button>
          ) : (
            <Button onClick={closeOverlay}>Close</Button>
          )}
          <Button
            tone="go"
            type="submit"
            busy={generation.state === 'running'}
            disabled={
              priceState.state === 'loading' || generation.state === 'running' || prompt.trim() === ''
            }
          >
            {generation.state === 'done' ? 'Generate another' : 'Generate'}
            {amount && ` · ${formatMoney(amount.amount, amount.currency)}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function usePriceState(keyId: string): PriceState {
  const [priceState, setPriceState] = useState<PriceState>({ state: 'loading' });
  useEffect(() => {
    let closed = false;
    const tell = (next: PriceState): void => {
      if (!closed) setPriceState(next);
    };
    loadPrice(keyId).then(
      (price) => tell({ state: 'loaded', price }),
      (error: unknown) => tell({ state: 'failed', problem: problemOf(error) }),
    );
    return () => {
      closed = true;
    };
  }, [keyId]);
  return priceState;
}

/** Cancels a run when the dialog closes, so that nobody pays for an unwanted picture. */
function useCancelOnClose(run: string | null): void {
  const current = useRef(run);
  useEffect(() => {
    current.current = run;
  }, [run]);
  useEffect(
    () => () => {
      if (current.current !== null) void call('work.cancel', { run: current.current }).catch(() => null);
    },
    [],
  );
}

function Cost({ priceState, account }: { priceState: PriceState; account: string | null }) {
  if (priceState.state === 'loading') return <p className="soft">Loading the price…</p>;
  if (priceState.state === 'failed') return <ProblemNote problem={priceState.problem} />;
  const payer = account === null ? 'the key’s account' : account;
  if (priceState.price === null)
    return <Note tone="warn">fal lists no price. The picture is billed to {payer}.</Note>;
  return (
    <Note>
      <b>{formatPrice(priceState.price)}</b>, billed to {payer}. Nothing is generated until you confirm.
    </Note>
  );
}

function Outcome({ keyId, generation }: { keyId: string; generation: Generation }) {
  switch (generation.state) {
    case 'idle':
      return null;
    case 'running':
      return (
        <div className={styles.wait} role="status">
          <Spinner size={34} />
          <span className="unseen">Generating picture</span>
        </div>
      );
    case 'failed':
      return <ProblemNote problem={generation.problem} />;
    case 'done': {
      const { verdict, picture } = generation.result;
      return (
        <div className={styles.picture}>
          {picture?.startsWith('data:image/') && <img src={picture} alt={generation.prompt} />}
          <VerdictCard verdict={verdict} keyId={keyId} />
        </div>
      );
    }
  }
}
