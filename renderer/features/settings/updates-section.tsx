import type {
  UpdateChannel,
  UpdateObstacle,
  UpdateState,
  Updates,
} from '../../../core/model/machine/updates.ts';
import { useNow } from '../../components/facts/clock.ts';
import { Spinner } from '../../components/facts/ring.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Choices } from '../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { ageAgo } from '../../format/age.ts';
import { changeUpdates, checkForUpdates, installUpdate } from '../../stores/updates.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { Section } from './settings-section.tsx';

const channels: { value: UpdateChannel; title: string }[] = [
  { value: 'latest', title: 'Releases' },
  { value: 'beta', title: 'Betas too' },
];

const obstacles: Record<UpdateObstacle, string> = {
  checkout: 'This Varvel runs from its sources. Update it with git.',
  package_manager: 'Your system’s package manager updates this Varvel.',
  no_source: 'This package doesn’t say where its releases are, so it can’t update itself.',
  unsigned:
    'This package isn’t signed, and macOS replaces only signed programs. Download new releases by hand.',
  unpacked: 'This Varvel was unpacked from its AppImage. Start the AppImage itself to get updates.',
};

/** How the program updates itself. */
export function UpdatesSection({ updates }: { updates: Updates }) {
  const { problem, run } = useAction();
  const { channel, automatic, now } = updates;
  return (
    <Section part="updates">
      {now.state === 'off' ? (
        <p>{obstacles[now.why]}</p>
      ) : (
        <>
          <Progress now={now} />
          <label className="check">
            <input
              type="checkbox"
              checked={automatic}
              onChange={(event) => {
                const { checked } = event.target;
                void run(() => changeUpdates({ automatic: checked }));
              }}
            />{' '}
            Check for updates once a day
          </label>
          <Choices
            label="Get"
            row
            choices={channels}
            value={channel}
            onChange={(chosen) => void run(() => changeUpdates({ channel: chosen }))}
          />
        </>
      )}
      {problem && <ProblemNote problem={problem} />}
      <div className="pane-actions">
        {now.state === 'ready' && (
          <Button tone="go" onClick={() => void run(installUpdate)}>
            Restart and update
          </Button>
        )}
        {(now.state === 'current' || now.state === 'failed') && (
          <Button onClick={() => void run(checkForUpdates)}>Check now</Button>
        )}
        <Button onClick={() => openOverlay({ kind: 'whats_new' })}>What’s new</Button>
      </div>
    </Section>
  );
}

function Progress({ now }: { now: Exclude<UpdateState, { state: 'off' }> }) {
  const time = useNow();
  switch (now.state) {
    case 'current':
      return now.checkedAt === null ? null : (
        <p>
          You have the newest version. <span className="soft">Checked {ageAgo(now.checkedAt, time)}.</span>
        </p>
      );
    case 'checking':
      return (
        <p className="soft" role="status">
          <Spinner size={14} /> Checking for updates…
        </p>
      );
    case 'downloading':
      return (
        <p className="soft" role="status">
          <Spinner size={14} /> Downloading Varvel {now.version}: {now.percent} %
        </p>
      );
    case 'ready':
      return (
        <Note tone="good">
          <b>Varvel {now.version} is ready.</b> It replaces this version when you restart.
        </Note>
      );
    case 'failed':
      return (
        <Note tone="warn">
          <b>Couldn’t update.</b> {now.message}
        </Note>
      );
  }
}
