import { useState } from 'react';
import { Tabs } from '../../components/layout/tabs.tsx';
import { Dialog } from '../../components/overlays/dialog.tsx';
import { useProfile } from '../../stores/profiles.ts';
import { closeOverlay, type FileTarget } from '../../stores/window/view.ts';
import { ForShell } from './for-shell.tsx';
import { IntoFile } from './into-file.tsx';

type Way = 'file' | 'shell';

/** Hands a profile's key out: into a file that stays, or for one shell. */
export function ExportDialog({ name, target }: { name: string; target: FileTarget | null }) {
  const [way, setWay] = useState<Way>('file');
  const there = useProfile(name) !== null;
  if (!there) return null;
  return (
    <Dialog title={`Export ${name}`} onClose={closeOverlay} wide>
      <Tabs
        label="Where to"
        value={way}
        onChange={setWay}
        tabs={[
          { value: 'file', title: 'Into a file', content: <IntoFile name={name} target={target} /> },
          { value: 'shell', title: 'For a shell', content: <ForShell name={name} /> },
        ]}
      />
    </Dialog>
  );
}
