import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../contract/rows.ts';
import { Prose } from '../../format/prose.tsx';
import './note.css';

type Tone = 'plain' | 'warn' | 'bad' | 'good';

const icons = { plain: Info, warn: TriangleAlert, bad: CircleAlert, good: Info } as const;

/** A few words where they are needed, with what can be done about them. */
export function Note({
  tone = 'plain',
  children,
  actions,
}: {
  tone?: Tone;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={`note note-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
      <div className="note-words">{children}</div>
      {actions && <div className="note-actions">{actions}</div>}
    </div>
  );
}

/** An error where the action was: what happened, then what to do. */
export function ProblemNote({ problem, actions }: { problem: Problem; actions?: ReactNode }) {
  return (
    <Note tone="bad" actions={actions}>
      <b>
        <Prose text={problem.message} />
      </b>
      {problem.hint && (
        <div>
          <Prose text={problem.hint} />
        </div>
      )}
    </Note>
  );
}
