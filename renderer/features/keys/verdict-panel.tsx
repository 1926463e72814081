import type { ReactNode } from 'react';
import { isRefused, type Verdict, verdictHint } from '../../../core/model/fal/verdict.ts';
import type { Hint } from '../../../core/model/hint.ts';
import { VerdictCard } from '../../components/facts/verdict.tsx';
import { Button } from '../../components/forms/button.tsx';
import { useVerdict } from '../../stores/keys/tests.ts';
import { hintButton, type NewKey } from '../../stores/window/hint-button.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { testNow } from './test-now.ts';

/** A key's last test result, with a button for what to do next. */
export function VerdictPanel({
  keyId,
  verdict: known,
  accountId,
  profile,
}: {
  keyId: string;
  verdict: Verdict | null;
  accountId: string | null;
  /** The profile whose key it is. A new key would be for it. */
  profile?: string | undefined;
}) {
  const { verdict, testing } = useVerdict(keyId, known);
  if (!verdict) {
    return (
      <p className="soft" aria-live="polite">
        {testing ? 'Testing…' : 'Not tested yet. A test costs nothing.'}
      </p>
    );
  }
  const hint = verdictHint(verdict, keyId);
  return (
    <div aria-live="polite" className={testing ? 'stale' : undefined}>
      <VerdictCard
        verdict={verdict}
        keyId={keyId}
        actions={
          <>
            {isRefused(verdict) && (
              <Button onClick={() => openOverlay({ kind: 'diagnose', keyId, profile })}>Why?…</Button>
            )}
            {nextButton(hint, keyId, { accountId, profile }, testing)}
          </>
        }
      />
    </div>
  );
}

function nextButton(hint: Hint, keyId: string, newKey: NewKey, testing: boolean): ReactNode {
  if (hint.action === 'none') return null;
  const button = hintButton(hint, newKey);
  if (button) return <Button onClick={button.run}>{button.label}</Button>;
  return (
    <Button disabled={testing} onClick={() => void testNow(keyId)}>
      Test again
    </Button>
  );
}
