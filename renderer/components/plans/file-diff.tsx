import type { FileChange } from '../../../core/model/machine/file-change.ts';
import { countOf } from '../../format/count.ts';
import { PathText } from '../facts/path-text.tsx';
import './file-diff.css';

const signs = { same: '', added: '+', removed: '−' } as const;
const words = { same: '', added: 'added: ', removed: 'removed: ' } as const;

/** The changes to a file, line by line. Keys are already masked. */
export function FileDiff({ change, unchanged }: { change: FileChange; unchanged: string }) {
  const { path, exists, lines } = change;
  const changed = lines.some(({ kind }) => kind === 'added' || kind === 'removed');
  return (
    <figure className="diff">
      <figcaption className="diff-head">
        <PathText path={path} />
        <span className="soft small">{!exists ? 'New file' : changed ? 'Changes' : 'No changes'}</span>
      </figcaption>
      {changed ? (
        // focusable, so that the keyboard can scroll it
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section className="diff-lines" aria-label={`Changes in ${path}`} tabIndex={0}>
          {[...lines.entries()].map(([at, line]) =>
            line.kind === 'left_out' ? (
              <div key={at} className="diff-fold soft small">
                {countOf(line.count, 'unchanged line')}
              </div>
            ) : (
              <div key={at} className={`diff-line diff-${line.kind}`}>
                <span className="diff-sign" aria-hidden="true">
                  {signs[line.kind]}
                </span>
                <span className="unseen">{words[line.kind]}</span>
                <code>{line.text}</code>
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
