import type { FalcliReading } from '../../../contract/falcli.ts';
import type { InStep } from '../../../core/model/falcli.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Turning } from '../../components/facts/ring.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Choices } from '../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { countOf } from '../../format/count.ts';
import { keepInStep, restoreFalcliComments, useFalcli } from '../../stores/falcli.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { Section } from '../settings/settings-section.tsx';
import { FalcliRows } from './falcli-rows.tsx';
import './falcli.css';

/** fal's own CLI: its file, its profiles beside ours, and whether it follows a switch. */
export function FalcliSection() {
  const { resource, reload } = useFalcli();
  return (
    <Section part="falcli" title="fal CLI">
      {resource.state === 'loading' && (
        <p className="soft" role="status">
          <Turning size={14} /> Looking at fal’s own CLI…
        </p>
      )}
      {resource.state === 'failed' && (
        <ProblemNote
          problem={resource.problem}
          actions={<Button onClick={() => void reload()}>Look again</Button>}
        />
      )}
      {resource.state === 'ready' && (
        <>
          <FileLine status={resource.value} />
          {resource.value.problem ? (
            <ProblemNote
              problem={resource.value.problem}
              actions={<Button onClick={() => void reload()}>Look again</Button>}
            />
          ) : (
            <Readable status={resource.value} />
          )}
        </>
      )}
    </Section>
  );
}

function FileLine({ status: { path, target, exists, profile, team, problem } }: { status: FalcliReading }) {
  return (
    <p>
      <PathText path={path} />
      {target !== path && (
        <>
          , a link to <PathText path={target} />
        </>
      )}
      {!exists && '. fal’s CLI has no such file yet.'}
      {exists && !problem && (
        <>
          . It uses {profile === null ? 'no profile' : <b>{profile}</b>}
          {team !== null && (
            <>
              {' '}
              and acts for <b>{team}</b>
            </>
          )}
          .
        </>
      )}
    </p>
  );
}

function Readable({ status }: { status: FalcliReading }) {
  const { rows, profile, exists, undoable, commentsRemembered } = status;
  const plain = rows.filter(({ plainText }) => plainText).length;
  const missing = profile !== null && !rows.some(({ name, where }) => name === profile && where !== 'varvel');
  const comments = useAction();
  const restore = () =>
    comments.run(async () => {
      const { changed } = await restoreFalcliComments();
      showToast({ tone: 'good', text: changed ? 'The comments are back.' : 'No comment is missing.' });
    });
  return (
    <>
      {missing && (
        <Note tone="warn">
          fal’s CLI is told to use <b>{profile}</b>, which it does not have: it then uses none.
        </Note>
      )}
      {plain > 0 && (
        <Note tone="warn" actions={<ImportButton />}>
          <b>{countOf(plain, 'key')} in plain text there</b>
          {status.openToOthers
            ? ', in a file that other users of this machine can read.'
            : ': any program that runs as you can read that file.'}{' '}
          Import takes a key into your vault; the file stays as it is.
        </Note>
      )}
      <FalcliRows status={status} />
      <KeptInStep status={status} />
      <div className="pane-actions">
        <Button onClick={() => openOverlay({ kind: 'falcli_apply', inStep: null })}>Apply now…</Button>
        {plain === 0 && exists && <ImportButton />}
        {undoable && <Button onClick={() => openOverlay({ kind: 'falcli_undo' })}>Undo our change…</Button>}
        {commentsRemembered && (
          <Button busy={comments.busy} disabled={comments.busy} onClick={() => void restore()}>
            Restore comments
          </Button>
        )}
      </div>
      {commentsRemembered && (
        <p className="soft small">
          When fal’s CLI writes its file it drops the comments; Varvel remembers them and can put them back.
        </p>
      )}
      {comments.problem && <ProblemNote problem={comments.problem} />}
    </>
  );
}

const ImportButton = () => <Button onClick={() => openOverlay({ kind: 'falcli_import' })}>Import…</Button>;

const choices: { value: InStep; title: string; text: string }[] = [
  { value: 'off', title: 'Off', text: 'Varvel leaves the file alone.' },
  {
    value: 'profile',
    title: 'Profile',
    text: 'Every switch is taken on: the profile’s name and host. fal’s CLI takes the key from FAL_KEY or its own sign-in.',
  },
  {
    value: 'key',
    title: 'Profile with its key',
    text: 'The key is written too, in plain text, and stays when you switch away: any program that runs as you, and every backup, can read it.',
  },
];

function KeptInStep({ status: { inStep } }: { status: FalcliReading }) {
  const off = useAction();
  return (
    <>
      <Choices
        label="Kept in step with the current profile"
        choices={choices}
        value={inStep}
        onChange={(wanted) => {
          if (wanted === 'off') void off.run(async () => void (await keepInStep('off')));
          else openOverlay({ kind: 'falcli_apply', inStep: wanted });
        }}
      />
      {off.problem && <ProblemNote problem={off.problem} />}
    </>
  );
}
