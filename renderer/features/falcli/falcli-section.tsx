import type { FalcliReading } from '../../../contract/methods/falcli.ts';
import type { InStep } from '../../../core/model/machine/falcli.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Spinner } from '../../components/facts/ring.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Choices } from '../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { countOf } from '../../format/count.ts';
import { restoreFalcliComments, setFalcliSync, useFalcli } from '../../stores/falcli.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { Section } from '../settings/settings-section.tsx';
import { FalcliRows } from './falcli-rows.tsx';

/** The fal CLI: its file, its profiles, and whether it syncs with the current profile. */
export function FalcliSection() {
  const { resource, reload } = useFalcli();
  return (
    <Section part="falcli">
      {resource.state === 'loading' && (
        <p className="soft" role="status">
          <Spinner size={14} /> Loading…
        </p>
      )}
      {resource.state === 'failed' && (
        <ProblemNote
          problem={resource.problem}
          actions={<Button onClick={() => void reload()}>Try again</Button>}
        />
      )}
      {resource.state === 'ready' && (
        <>
          <FileLine status={resource.value} />
          {resource.value.problem ? (
            <ProblemNote
              problem={resource.value.problem}
              actions={<Button onClick={() => void reload()}>Try again</Button>}
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
      {!exists && '. The file doesn’t exist yet.'}
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
      showToast({ tone: 'good', text: changed ? 'Comments restored.' : 'No comments are missing.' });
    });
  return (
    <>
      {missing && (
        <Note tone="warn">
          The fal CLI is set to use <b>{profile}</b>, which doesn’t exist. It will use no profile.
        </Note>
      )}
      {plain > 0 && (
        <Note tone="warn" actions={<ImportButton />}>
          <b>{countOf(plain, 'key')} in plain text.</b>{' '}
          {status.openToOthers
            ? 'Other users of this machine can read the file.'
            : 'Any program that runs as you can read the file.'}{' '}
          Importing copies keys to your vault. The file doesn’t change.
        </Note>
      )}
      <FalcliRows status={status} />
      <SyncSetting status={status} />
      <div className="pane-actions">
        <Button onClick={() => openOverlay({ kind: 'falcli_apply', inStep: null })}>Apply now…</Button>
        {plain === 0 && exists && <ImportButton />}
        {undoable && <Button onClick={() => openOverlay({ kind: 'falcli_undo' })}>Undo change…</Button>}
        {commentsRemembered && (
          <Button busy={comments.busy} disabled={comments.busy} onClick={() => void restore()}>
            Restore comments
          </Button>
        )}
      </div>
      {commentsRemembered && (
        <p className="soft small">
          The fal CLI removes comments when it writes this file. Varvel remembers them and can restore them.
        </p>
      )}
      {comments.problem && <ProblemNote problem={comments.problem} />}
    </>
  );
}

const ImportButton = () => (
  <Button onClick={() => openOverlay({ kind: 'falcli_import' })}>Import profiles…</Button>
);

const choices: { value: InStep; title: string; text: string }[] = [
  { value: 'off', title: 'Off', text: 'Varvel doesn’t change the file.' },
  {
    value: 'profile',
    title: 'Profile',
    text: 'Each switch updates its profile and host. The fal CLI gets the key from FAL_KEY or its own sign-in.',
  },
  {
    value: 'key',
    title: 'Profile and key',
    text: 'Also writes the key, in plain text. It stays after you switch away. Any program that runs as you can read it, and every backup includes it.',
  },
];

function SyncSetting({ status: { inStep } }: { status: FalcliReading }) {
  const off = useAction();
  return (
    <>
      <Choices
        label="Sync with the current profile"
        choices={choices}
        value={inStep}
        onChange={(wanted) => {
          if (wanted === 'off') void off.run(async () => void (await setFalcliSync('off', false)));
          else openOverlay({ kind: 'falcli_apply', inStep: wanted });
        }}
      />
      {off.problem && <ProblemNote problem={off.problem} />}
    </>
  );
}
