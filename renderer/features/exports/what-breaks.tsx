import type { ReactNode } from 'react';
import { PathText } from '../../components/facts/path-text.tsx';
import { countOf } from '../../format/count.ts';
import { filesHolding, useFileRows, useFolderRows } from '../../stores/where-used.ts';
import './exports.css';

/** Names the files that hold a key, before it is taken away. */
export function FilesThatHold({ keyId, fate }: { keyId: string; fate: string }) {
  const files = filesHolding(useFileRows(), keyId);
  return (
    <Places said={`${countOf(files.length, 'file holds', 'files hold')} it. ${fate}`}>
      {files.map(({ path, variable }) => (
        <li key={`${path} ${variable}`}>
          <PathText path={path} />
          {variable !== 'FAL_KEY' && <span className="soft small"> as {variable}</span>}
        </li>
      ))}
    </Places>
  );
}

/** Names the folders that are pinned to a profile, before it goes. */
export function PinnedTo({ name }: { name: string }) {
  const folders = useFolderRows().filter(({ profile, state }) => profile === name && state === 'pinned');
  return (
    <Places
      said={`${countOf(folders.length, 'folder is', 'folders are')} pinned to it, and will have no key.`}
    >
      {folders.map(({ folder }) => (
        <li key={folder}>
          <PathText path={folder} />
        </li>
      ))}
    </Places>
  );
}

/** So many places are named before the others are counted. */
const most = 12;

function Places({ said, children }: { said: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <div>
      <p>{said}</p>
      <ul className="breaks-places">
        {children.slice(0, most)}
        {children.length > most && <li className="soft">and {children.length - most} more</li>}
      </ul>
    </div>
  );
}
