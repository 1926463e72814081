import type { DiffLine, FileChange } from '../../contract/rows.ts';
import { count } from '../format/count.ts';
import { PathText } from './path-text.tsx';
import './file-diff.css';

/** Lines around a change that are shown with it. */
const around = 2;

const signs = { same: '', added: '+', removed: '−' } as const;
const words = { same: '', added: 'added: ', removed: 'removed: ' } as const;

/** What a change would do to a file, line by line; keys are masked already. */
export function FileDiff({ change, unchanged }: { change: FileChange; unchanged: string }) {
  const { path, exists, lines } = change;
  const changed = lines.some(({ kind }) => kind !== 'same');
  return (
    <figure className="diff">
      <figcaption className="diff-head">
        <PathText path={path} />
        <span className="soft small">{!exists ? 'new file' : changed ? 'change' : 'no change'}</span>
      </figcaption>
      {changed ? (
        // it scrolls, so the keyboard must be able to reach it
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section className="diff-lines" aria-label={`Change in ${path}`} tabIndex={0}>
          {folded(lines).map((part) =>
            'hidden' in part ? (
              <div key={part.at} className="diff-fold soft small">
                {count(part.hidden, 'line')} more
              </div>
            ) : (
              <div key={part.at} className={`diff-line diff-${part.kind}`}>
                <span className="diff-sign" aria-hidden="true">
                  {signs[part.kind]}
                </span>
                <span className="unseen">{words[part.kind]}</span>
                <code>{part.text}</code>
              </div>
            ),
          )}
        </section>
      ) : (
        <p className="diff-none soft">{unchanged}</p>
      )}
    </figure>
  );
}

type Part = { at: number } & (DiffLine | { hidden: number });

/** The changes with a little around each; what lies between is counted, not shown. */
export function folded(lines: DiffLine[]): Part[] {
  const near = new Set<number>();
  for (const [at, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    for (let close = at - around; close <= at + around; close++) near.add(close);
  }
  const parts: Part[] = [];
  for (const [at, line] of lines.entries()) {
    const last = parts.at(-1);
    if (near.has(at)) parts.push({ at, ...line });
    else if (last && 'hidden' in last) last.hidden += 1;
    else parts.push({ at, hidden: 1 });
  }
  return parts;
}
