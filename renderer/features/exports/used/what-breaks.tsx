import type { ReactNode } from 'react';
import { githubPlace } from '../../../../core/model/machine/github-secret.ts';
import { PathText } from '../../../components/facts/path-text.tsx';
import { countOf } from '../../../format/count.ts';
import {
  filesWithKey,
  useFileRows,
  useFolderRows,
  useGithubRows,
  useToolKeys,
} from '../../../stores/where-used.ts';
import styles from './what-breaks.module.css';

/** Lists the files that contain a key, before it is revoked or forgotten. */
export function FilesWithKey({ keyId, consequence }: { keyId: string; consequence: string }) {
  const files = filesWithKey(useFileRows(), keyId);
  const tools = useToolKeys(keyId);
  const secrets = useGithubRows().filter((secret) => secret.keyId === keyId);
  const count = files.length + tools.length + secrets.length;
  return (
    <Places
      title={`${secrets.length > 0 ? countOf(count, 'place has', 'places have') : countOf(count, 'file contains', 'files contain')} this key. ${consequence}`}
    >
      {files.map(({ path, variable }) => (
        <li key={`${path} ${variable}`}>
          <PathText path={path} />
          {variable !== 'FAL_KEY' && <span className="soft small"> as {variable}</span>}
        </li>
      ))}
      {tools.map(({ tool, path, server }) => (
        <li key={`${path} ${server}`}>
          <PathText path={path} /> <span className="soft small">of {tool}</span>
        </li>
      ))}
      {secrets.map((secret) => (
        <li key={`${githubPlace(secret)} ${secret.variable}`}>
          {secret.variable} <span className="soft small">of GitHub Actions, {githubPlace(secret)}</span>
        </li>
      ))}
    </Places>
  );
}

/** Lists the folders pinned to a profile, before it is deleted. */
export function PinnedFolders({ name }: { name: string }) {
  const folders = useFolderRows().filter(({ profile, state }) => profile === name && state === 'pinned');
  return (
    <Places
      title={`${countOf(folders.length, 'folder is', 'folders are')} pinned to this profile and will have no key.`}
    >
      {folders.map(({ folder }) => (
        <li key={folder}>
          <PathText path={folder} />
        </li>
      ))}
    </Places>
  );
}

/** How many places are listed before the rest are counted. */
const maxPlaces = 12;

function Places({ title, children: given }: { title: string; children: ReactNode[] }) {
  const children = given.flat();
  if (children.length === 0) return null;
  return (
    <div>
      <p>{title}</p>
      <ul className={styles.places}>
        {children.slice(0, maxPlaces)}
        {children.length > maxPlaces && <li className="soft">and {children.length - maxPlaces} more</li>}
      </ul>
    </div>
  );
}
