import type { ReactNode } from 'react';
import type { Verdict } from '../../../contract/rows.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { VerdictCard } from '../../components/facts/verdict.tsx';
import { Button } from '../../components/forms/button.tsx';
import { useVerdict } from '../../stores/tests.ts';
import { showProblem } from '../../stores/window/toasts.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { testNow } from './test-now.ts';

/** The last verdict of a key, with a button for what to do next. */
export function VerdictPanel({
  keyId,
  verdict: known,
  accountId,
}: {
  keyId: string;
  verdict: Verdict | null;
  accountId: string | null;
}) {
  const { verdict, testing } = useVerdict(keyId, known);
  if (!verdict) {
    return (
      <p className="soft" aria-live="polite">
        {testing ? 'Testing…' : 'Not tested yet. A test costs nothing.'}
      </p>
    );
  }
  return (
    <div aria-live="polite" className={testing ? 'stale' : undefined}>
      <VerdictCard verdict={verdict} actions={nextButtons(verdict, keyId, accountId, testing)} />
    </div>
  );
}

export async function openPage(page: 'dashboard' | 'keys' | 'billing' | 'docs'): Promise<void> {
  try {
    await call('app.openPage', { page });
  } catch (error) {
    showProblem(problemOf(error));
  }
}

function nextButtons(verdict: Verdict, keyId: string, accountId: string | null, testing: boolean): ReactNode {
  switch (verdict.kind) {
    case 'valid':
      return null;
    case 'invalid':
    case 'forbidden':
      return <Button onClick={() => openOverlay({ kind: 'create_key', accountId })}>Create a key…</Button>;
    case 'locked':
      return <Button onClick={() => void openPage('billing')}>Open billing at fal</Button>;
    case 'rate_limited':
    case 'server_error':
    case 'unreachable':
      return (
        <Button disabled={testing} onClick={() => void testNow(keyId)}>
          Test again
        </Button>
      );
  }
}
