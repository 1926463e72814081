import { useState } from 'react';
import { Tabs } from '../../components/layout/tabs.tsx';
import { Dialog } from '../../components/overlays/dialog.tsx';
import { useProfile } from '../../stores/profiles.ts';
import { closeOverlay, type FileTarget } from '../../stores/window/view.ts';
import { FileExport } from './file-export.tsx';
import { GithubExport } from './github/github-export.tsx';
import { ShellExport } from './shell/shell-export.tsx';

type Destination = 'file' | 'shell' | 'github';

/** Exports a profile's key to a file, to one shell, or to GitHub Actions. */
export function ExportDialog({ name, target }: { name: string; target: FileTarget | null }) {
  const [destination, setDestination] = useState<Destination>('file');
  const exists = useProfile(name) !== null;
  if (!exists) return null;
  return (
    <Dialog title={target ? `Update export of ${name}` : `Export ${name}`} onClose={closeOverlay} wide>
      <Tabs
        label="Destination"
        value={destination}
        onChange={setDestination}
        tabs={[
          { value: 'file', title: 'To a file', content: <FileExport name={name} target={target} /> },
          { value: 'shell', title: 'To a shell', content: <ShellExport name={name} /> },
          { value: 'github', title: 'To GitHub', content: <GithubExport name={name} /> },
        ]}
      />
    </Dialog>
  );
}
