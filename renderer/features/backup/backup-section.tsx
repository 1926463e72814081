import { Archive, ArchiveRestore } from 'lucide-react';
import { Button } from '../../components/forms/button.tsx';
import { openOverlay } from '../../stores/window/view.ts';
import { Section } from '../settings/settings-section.tsx';

export function BackupSection() {
  return (
    <Section part="backup">
      <p>
        Save all keys and profiles in one file, encrypted with a passphrase. Restore it with Varvel, or open
        it with <code>age</code>. Sign-ins aren’t included.
      </p>
      <div className="pane-actions">
        <Button icon={Archive} onClick={() => openOverlay({ kind: 'backup' })}>
          Create backup…
        </Button>
        <Button icon={ArchiveRestore} onClick={() => openOverlay({ kind: 'restore' })}>
          Restore backup…
        </Button>
      </div>
    </Section>
  );
}
