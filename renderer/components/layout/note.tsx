import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../contract/problem.ts';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { hintButton } from '../../stores/window/hint-button.ts';
import { Button } from '../forms/button.tsx';
import './note.css';

type Tone = 'plain' | 'warn' | 'bad' | 'good';

const icons = { plain: Info, warn: TriangleAlert, bad: CircleAlert, good: Info } as const;

/** A short message in the page, with actions. */
export function Note({
  tone = 'plain',
  className = '',
  children,
  actions,
}: {
  tone?: Tone;
  className?: string | undefined;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={`note note-${tone} ${className}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
      <div className="note-words">{children}</div>
      {actions && <div className="note-actions">{actions}</div>}
    </div>
  );
}

/** An error beside the action that failed: what happened, then what to do. */
export function ProblemNote({
  problem,
  actions,
  offers = true,
  className,
}: {
  problem: Problem;
  actions?: ReactNode;
  /** False hides the hint's button, beside a form that does the same. */
  offers?: boolean;
  className?: string | undefined;
}) {
  const words = hintWords(problem.hint);
  const button = offers && hintButton(problem.hint);
  const both = button ? (
    <>
      <Button onClick={button.run}>{button.label}</Button>
      {actions}
    </>
  ) : (
    actions
  );
  return (
    <Note tone="bad" className={className} actions={both}>
      <b>
        <Prose text={problem.message} />
      </b>
      {words && (
        <div>
          <Prose text={words} />
        </div>
      )}
    </Note>
  );
}
