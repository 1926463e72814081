import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import type { Problem } from '../../../../contract/problem.ts';
import { call, newRun } from '../../../bridge.ts';
import { isCancelled, problemOf } from '../../../call-error.ts';
import { Turning } from '../../../components/facts/ring.tsx';
import { VerdictCard } from '../../../components/facts/verdict.tsx';
import { Button } from '../../../components/forms/button.tsx';
import { AreaField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { formatMoney, price as priceText } from '../../../format/money.ts';
import { keyName } from '../../../format/words.ts';
import { useKey } from '../../../stores/keys.ts';
import { putVerdict } from '../../../stores/tests.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { loadPrice } from '../price.ts';
import '../keys.css';

type Asked =
  | { state: 'asking' }
  | { state: 'told'; price: Output<'keys.price'> }
  | { state: 'failed'; problem: Problem };

type Making =
  | { state: 'none' }
  | { state: 'making'; run: string }
  | { state: 'made'; result: Output<'keys.generate'>; prompt: string }
  | { state: 'failed'; problem: Problem };

const firstPrompt = 'A small engraved brass ring on a falcon’s leg, soft morning light';

/** A test with a real picture: the price first, then, if wanted, the picture. */
export function GenerateDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const [prompt, setPrompt] = useState(firstPrompt);
  const [making, setMaking] = useState<Making>({ state: 'none' });
  const asked = useAskedPrice(keyId);
  const run = making.state === 'making' ? making.run : null;
  useCancelOnLeave(run);

  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (prompt.trim() === '' || making.state === 'making') return;
    const mine = newRun();
    setMaking({ state: 'making', run: mine });
    try {
      const result = await call('keys.generate', { run: mine, id: keyId, prompt });
      putVerdict(keyId, result.verdict);
      setMaking({ state: 'made', result, prompt });
    } catch (error) {
      const problem = problemOf(error);
      setMaking(isCancelled(problem) ? { state: 'none' } : { state: 'failed', problem });
    }
  };

  const amount = asked.state === 'told' ? asked.price : null;
  return (
    <Dialog title={`Generate a picture with ${row ? keyName(row) : 'this key'}`} onClose={closeOverlay} wide>
      <form className="dialog-form" onSubmit={(event) => void make(event)}>
        <Cost asked={asked} account={row?.account?.nickname ?? null} />
        <AreaField
          label="Prompt"
          rows={2}
          value={prompt}
          maxLength={1000}
          disabled={making.state === 'making'}
          onChange={(event) => setPrompt(event.target.value)}
        />
        <Outcome keyId={keyId} making={making} />
        <DialogActions>
          {making.state === 'making' ? (
            <Button onClick={() => void call('work.cancel', { run: making.run })}>Cancel</Button>
          ) : (
            <Button onClick={closeOverlay}>Close</Button>
          )}
          <Button
            tone="go"
            type="submit"
            busy={making.state === 'making'}
            disabled={asked.state === 'asking' || making.state === 'making' || prompt.trim() === ''}
          >
            {making.state === 'made' ? 'Generate another' : 'Generate'}
            {amount && ` · ${formatMoney(amount.amount, amount.currency)}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function useAskedPrice(keyId: string): Asked {
  const [asked, setAsked] = useState<Asked>({ state: 'asking' });
  useEffect(() => {
    let left = false;
    const tell = (next: Asked): void => {
      if (!left) setAsked(next);
    };
    loadPrice(keyId).then(
      (price) => tell({ state: 'told', price }),
      (error: unknown) => tell({ state: 'failed', problem: problemOf(error) }),
    );
    return () => {
      left = true;
    };
  }, [keyId]);
  return asked;
}

/** A picture that nobody waits for any more need not be paid. */
function useCancelOnLeave(run: string | null): void {
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

function Cost({ asked, account }: { asked: Asked; account: string | null }) {
  if (asked.state === 'asking') return <p className="soft">Asking fal for the price…</p>;
  if (asked.state === 'failed') return <ProblemNote problem={asked.problem} />;
  const payer = account === null ? 'the key’s account' : account;
  if (asked.price === null)
    return <Note tone="warn">fal names no price. The picture is billed to {payer}.</Note>;
  return (
    <Note>
      <b>{priceText(asked.price)}</b>, billed to {payer}. Nothing is made until you confirm.
    </Note>
  );
}

function Outcome({ keyId, making }: { keyId: string; making: Making }) {
  switch (making.state) {
    case 'none':
      return null;
    case 'making':
      return (
        <div className="picture-wait" role="status">
          <Turning size={34} />
          <span className="unseen">Making the picture</span>
        </div>
      );
    case 'failed':
      return <ProblemNote problem={making.problem} />;
    case 'made': {
      const { verdict, picture } = making.result;
      return (
        <div className="picture">
          {picture?.startsWith('data:image/') && <img src={picture} alt={making.prompt} />}
          <VerdictCard verdict={verdict} keyId={keyId} />
        </div>
      );
    }
  }
}
