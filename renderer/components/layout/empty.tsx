import type { ReactNode } from 'react';
import type { Problem } from '../../../contract/problem.ts';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { hintButton } from '../../stores/window/hint-button.ts';
import { Spinner } from '../facts/ring.tsx';
import { Button } from '../forms/button.tsx';
import './empty.css';

/** An empty page, which explains what belongs here. */
export function Empty({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="empty">
      <EmptyRings />
      <h2>{title}</h2>
      {children && <div className="empty-words">{children}</div>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  );
}

export function LoadingPage({ what }: { what: string }) {
  return (
    <div className="empty empty-loading" role="status">
      <Spinner size={26} />
      <span className="soft">Loading {what}…</span>
    </div>
  );
}

export function FailedPage({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const button = hintButton(problem.hint);
  return (
    <div className="empty" role="alert">
      <EmptyRings />
      <h2>
        <Prose text={problem.message} />
      </h2>
      <div className="empty-words">
        <Prose text={hintWords(problem.hint)} />
      </div>
      <div className="empty-actions">
        <Button tone="go" onClick={onRetry}>
          Try again
        </Button>
        {button && <Button onClick={button.run}>{button.label}</Button>}
      </div>
    </div>
  );
}

/** Three plain rings on a strap. */
function EmptyRings() {
  return (
    <svg className="empty-rings" viewBox="0 0 120 44" width="120" height="44" aria-hidden="true">
      <path d="M2 10 C 30 2, 90 2, 118 10" />
      <circle cx="30" cy="25" r="11" />
      <circle cx="60" cy="23" r="14" />
      <circle cx="90" cy="25" r="11" />
    </svg>
  );
}
