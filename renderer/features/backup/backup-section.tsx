import { Archive, ArchiveRestore } from 'lucide-react';
import { Button } from '../../components/forms/button.tsx';
import { openOverlay } from '../../stores/window/view.ts';
import { Section } from '../settings/settings-section.tsx';

export function BackupSection() {
  return (
    <Section part="backup" title="Backup">
      <p>
        All keys and profiles in one file under a passphrase. Varvel brings them back, and so can{' '}
        <code>age</code> without Varvel. Sign-ins are not in it.
      </p>
      <div className="pane-actions">
        <Button icon={Archive} onClick={() => openOverlay({ kind: 'backup' })}>
          Back up…
        </Button>
        <Button icon={ArchiveRestore} onClick={() => openOverlay({ kind: 'restore' })}>
          Restore…
        </Button>
      </div>
    </Section>
  );
}
