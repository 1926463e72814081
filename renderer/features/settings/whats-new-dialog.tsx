import changelog from '../../../CHANGELOG.md?raw';
import { releasesOf } from '../../../core/model/changelog.ts';
import { Dialog } from '../../components/overlays/dialog.tsx';
import { known } from '../../stores/snapshots/resource.ts';
import { useUpdates } from '../../stores/updates.ts';
import { useStart } from '../../stores/window/start.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { ReleaseNotes } from './release-notes.tsx';

/** What is new in the release that was downloaded, or else in this one. */
export function WhatsNewDialog() {
  const version = useStart(({ resource }) => known(resource)?.version ?? '');
  const now = useUpdates(({ resource }) => known(resource)?.now ?? null);
  const next =
    now?.state === 'ready' && now.notes !== null ? { version: now.version, text: now.notes } : null;
  const releases = releasesOf(changelog);
  const shown = next ?? releases.find((release) => release.version === version) ?? releases[0];
  return (
    <Dialog title={`What’s new in Varvel ${next?.version ?? version}`} onClose={closeOverlay}>
      {shown ? <ReleaseNotes text={shown.text} /> : <p>Nothing has been written about this version.</p>}
    </Dialog>
  );
}
