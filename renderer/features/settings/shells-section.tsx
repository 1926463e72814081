import { Check, CircleDashed } from 'lucide-react';
import { shells as known } from '../../../core/shells/shells.ts';
import type { ShellsHere } from '../../../core/shells/shells-here.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Turning } from '../../components/facts/ring.tsx';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { countOf } from '../../format/count.ts';
import { useShells } from '../../stores/shells.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { Section } from './settings-section.tsx';
import '../../components/facts/tag.css';

type Shell = ShellsHere['shells'][number];

/** Which shells take up a switch, and what would stop them. */
export function ShellsSection() {
  const { resource, reload } = useShells();
  return (
    <Section part="shells" title="Shells">
      <p>
        With one line in its start-up file, a shell takes up every switch at its next prompt, also in windows
        that are open.
      </p>
      {resource.state === 'loading' && (
        <p className="soft" role="status">
          <Turning size={14} /> Looking at the shells…
        </p>
      )}
      {resource.state === 'failed' && (
        <ProblemNote
          problem={resource.problem}
          actions={<Button onClick={() => void reload()}>Look again</Button>}
        />
      )}
      {resource.state === 'ready' && <Shells states={resource.value} />}
    </Section>
  );
}

function Shells({ states: { shells, sets, command } }: { states: ShellsHere }) {
  const here = shells.filter(({ installed }) => installed);
  const absent = shells.filter(({ installed }) => !installed);
  return (
    <>
      {here.length === 0 && <p className="soft">None of the shells that Varvel knows was found here.</p>}
      {command === null && (
        <Note tone="warn">
          <b>Shells don’t find the command varvel.</b> Until it is in a folder of your PATH, the line does
          nothing.
        </Note>
      )}
      <ShellLines shells={here} />
      {absent.length > 0 && (
        <details className="folded">
          <summary>
            {absent.length === 1
              ? '1 shell that is not installed'
              : `${absent.length} shells that are not installed`}
          </summary>
          <ShellLines shells={absent} />
        </details>
      )}
      {sets.length > 0 && <HandSet sets={sets} />}
    </>
  );
}

function ShellLines({ shells }: { shells: Shell[] }) {
  return (
    <ul className="shells">
      {shells.map((shell) => (
        <ShellLine key={shell.shell} shell={shell} />
      ))}
    </ul>
  );
}

function ShellLine({ shell: { shell, installed, login, file, hook } }: { shell: Shell }) {
  const word = known[shell].label;
  return (
    <li className="follower">
      {hook ? (
        <Check size={16} strokeWidth={2.2} className="follower-does" aria-hidden="true" />
      ) : (
        <CircleDashed size={16} strokeWidth={1.8} className="soft" aria-hidden="true" />
      )}
      <span className="follower-words">
        <span className="follower-name">
          <b>{word}</b>
          {login && <span className="tag tag-current">your login shell</span>}
        </span>
        <span className="soft small">
          {hook ? (
            <>
              Follows: <PathText path={hook.file} />, line {hook.line}
            </>
          ) : installed ? (
            <>
              Does not follow. The line would go into <PathText path={file} />
            </>
          ) : (
            'Not found on this machine.'
          )}
        </span>
      </span>
      {(installed || hook) && (
        <Button
          aria-label={hook ? `Remove the hook from ${word}…` : `Add the hook to ${word}…`}
          onClick={() => openOverlay({ kind: 'hook', shell, add: hook === null })}
        >
          {hook ? 'Remove…' : 'Add…'}
        </Button>
      )}
    </li>
  );
}

function HandSet({ sets }: { sets: ShellsHere['sets'] }) {
  return (
    <Note
      tone="warn"
      actions={<Button onClick={() => openOverlay({ kind: 'add_key' })}>Add that key here…</Button>}
    >
      <b>FAL_KEY is set in {countOf(sets.length, 'place')}.</b> There it beats every profile. Keep the key by
      adding it here; then delete the line and begin a new shell. Varvel never touches such a line.
      <ul className="places">
        {sets.map(({ file, line }) => (
          <li key={`${file}:${line}`}>
            <PathText path={file} />, line {line}
          </li>
        ))}
      </ul>
    </Note>
  );
}
