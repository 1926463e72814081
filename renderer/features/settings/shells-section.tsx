import { Check, CircleDashed, TriangleAlert } from 'lucide-react';
import { shells as known } from '../../../core/shells/shells.ts';
import type { KeySetting, ShellsHere } from '../../../core/shells/shells-here.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Spinner } from '../../components/facts/ring.tsx';
import { Tag } from '../../components/facts/tag.tsx';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { countOf } from '../../format/count.ts';
import { overrideOf, useShells } from '../../stores/shells.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { Section } from './settings-section.tsx';
import styles from './shells-section.module.css';

type Shell = ShellsHere['shells'][number];

/** Which shells follow a switch, and what would stop them. */
export function ShellsSection() {
  const { resource, reload } = useShells();
  return (
    <Section part="shells">
      <p>
        Add one line to a shell’s start-up file, and it follows every switch at its next prompt, even in open
        windows.
      </p>
      {resource.state === 'loading' && (
        <p className="soft" role="status">
          <Spinner size={14} /> Loading shells…
        </p>
      )}
      {resource.state === 'failed' && (
        <ProblemNote
          problem={resource.problem}
          actions={<Button onClick={() => void reload()}>Try again</Button>}
        />
      )}
      {resource.state === 'ready' && <Shells states={resource.value} />}
    </Section>
  );
}

function Shells({ states }: { states: ShellsHere }) {
  const { shells, sets, command } = states;
  const here = shells.filter(({ installed }) => installed);
  const absent = shells.filter(({ installed }) => !installed);
  return (
    <>
      {here.length === 0 && <p className="soft">No supported shells found.</p>}
      {command === null && (
        <Note tone="warn">
          <b>Shells can’t find the varvel command.</b> The hook does nothing until varvel is in your PATH.
        </Note>
      )}
      <ShellLines shells={here} of={states} />
      {absent.length > 0 && (
        <details className={styles.folded}>
          <summary>
            {absent.length === 1 ? '1 shell not installed' : `${absent.length} shells not installed`}
          </summary>
          <ShellLines shells={absent} of={states} />
        </details>
      )}
      {sets.length > 0 && <ManualKeys sets={sets} />}
    </>
  );
}

function ShellLines({ shells, of }: { shells: Shell[]; of: ShellsHere }) {
  return (
    <ul className={styles.shells}>
      {shells.map((shell) => (
        <ShellLine key={shell.shell} shell={shell} set={overrideOf(of, shell.shell)} />
      ))}
    </ul>
  );
}

/** @param set the line that stops it from following */
function ShellLine({
  shell: { shell, installed, login, file, hook },
  set,
}: {
  shell: Shell;
  set: KeySetting | null;
}) {
  const name = known[shell].label;
  return (
    <li className={styles.shell}>
      {hook && set ? (
        <TriangleAlert size={16} strokeWidth={2.2} className={styles.overridden} aria-hidden="true" />
      ) : hook ? (
        <Check size={16} strokeWidth={2.2} className={styles.hooked} aria-hidden="true" />
      ) : (
        <CircleDashed size={16} strokeWidth={1.8} className="soft" aria-hidden="true" />
      )}
      <span className={styles.words}>
        <span className={styles.name}>
          <b>{name}</b>
          {login && <Tag look="current">Login shell</Tag>}
        </span>
        {set && installed && (
          <span className={`small ${styles.overridden}`}>
            Doesn’t follow: <PathText path={set.file} />, line {set.line}, sets FAL_KEY.
          </span>
        )}
        <span className="soft small">
          {hook ? (
            <>
              Hook in <PathText path={hook.file} />, line {hook.line}
            </>
          ) : installed ? (
            <>
              No hook. It would be added to <PathText path={file} />
            </>
          ) : (
            'Not installed.'
          )}
        </span>
      </span>
      {(installed || hook) && (
        <Button
          aria-label={hook ? `Remove hook from ${name}…` : `Add hook to ${name}…`}
          onClick={() => openOverlay({ kind: 'hook', shell, add: hook === null })}
        >
          {hook ? 'Remove…' : 'Add…'}
        </Button>
      )}
    </li>
  );
}

function ManualKeys({ sets }: { sets: ShellsHere['sets'] }) {
  return (
    <Note tone="warn">
      <b>FAL_KEY is set in {countOf(sets.length, 'place')}.</b> It overrides every profile there. Add the key
      to Varvel, then delete the line and open a new shell. Varvel never changes these lines.
      <ul className={styles.places}>
        {sets.map(({ file, line }) => (
          <li key={`${file}:${line}`}>
            <PathText path={file} />, line {line}{' '}
            <button
              type="button"
              className="link"
              onClick={() => openOverlay({ kind: 'add_key', from: { file, line } })}
            >
              Add that key here…<span className="unseen"> {`${file}, line ${line}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </Note>
  );
}
