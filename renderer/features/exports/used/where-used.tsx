import { Pin } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { ExportedFile } from '../../../../core/exports/formats/exported-file.ts';
import { type GithubSecretView, githubPlace } from '../../../../core/model/machine/github-secret.ts';
import type { ToolKey } from '../../../../core/model/machine/other-tools.ts';
import type { PinnedFolder } from '../../../../core/model/machine/pinned-folder.ts';
import { Button } from '../../../components/forms/button.tsx';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { PaneCard } from '../../../components/layout/pane.tsx';
import { useProfile } from '../../../stores/profiles.ts';
import {
  refreshPlaces,
  useExportedFiles,
  useFileRows,
  useFolderRows,
  useGithubRows,
  usePinnedFolders,
  useToolKeys,
} from '../../../stores/where-used.ts';
import { openOverlay } from '../../../stores/window/view.ts';
import { FileLine, FolderLine, SecretLine, ToolLine } from './place-lines.tsx';
import styles from './where-used.module.css';

/** Where a profile is used on this machine: files that contain its key, and folders pinned to it. */
export function ProfileWhereUsed({ name }: { name: string }) {
  const files = useFileRows().filter(({ profile }) => profile === name);
  const secrets = useGithubRows().filter(({ profile }) => profile === name);
  const folders = useFolderRows().filter(({ profile }) => profile === name);
  const tools = useToolKeys(useProfile(name)?.keyId ?? null);
  return (
    <WhereUsed
      files={files}
      secrets={secrets}
      folders={folders}
      tools={tools}
      of={name}
      empty="Not used yet. Export it to a project’s .env or pin a folder to it, and it will be listed here."
    >
      <Button icon={Pin} onClick={() => openOverlay({ kind: 'pin', name })}>
        Pin folder…
      </Button>
    </WhereUsed>
  );
}

/** Where a key is used: files it was exported to, and folders pinned to its profiles. */
export function KeyWhereUsed({ keyId, profiles }: { keyId: string; profiles: readonly string[] }) {
  const using = new Set(profiles);
  const files = useFileRows().filter((file) => file.keyId === keyId);
  const secrets = useGithubRows().filter((secret) => secret.keyId === keyId);
  const folders = useFolderRows().filter(({ profile }) => using.has(profile));
  const tools = useToolKeys(keyId);
  return (
    <WhereUsed
      files={files}
      secrets={secrets}
      folders={folders}
      tools={tools}
      of={null}
      empty="Not in any file that Varvel wrote. Export a profile that uses this key, and its files will be listed here."
    />
  );
}

function WhereUsed({
  files,
  secrets,
  folders,
  tools,
  of,
  empty,
  children,
}: {
  files: ExportedFile[];
  secrets: GithubSecretView[];
  folders: PinnedFolder[];
  tools: ToolKey[];
  /** The profile of all places. Null when they belong to several, and each shows its own. */
  of: string | null;
  empty: string;
  children?: ReactNode;
}) {
  // other programs may have changed the files
  useEffect(refreshPlaces, []);
  const ready = useReadiness();
  return (
    <PaneCard label="Used in">
      <h3>Used in</h3>
      {ready.problem && <ProblemNote problem={ready.problem} />}
      {files.length + secrets.length + folders.length + tools.length === 0 && !ready.problem && (
        <p className="soft small">{ready.isLoaded ? empty : 'Loading…'}</p>
      )}
      <ShortList items={files} what="files">
        {(file) => <FileLine key={`${file.path} ${file.variable}`} file={file} showProfile={of === null} />}
      </ShortList>
      <ShortList items={secrets} what="secrets">
        {(secret) => (
          <SecretLine
            key={`${githubPlace(secret)} ${secret.variable}`}
            secret={secret}
            showProfile={of === null}
          />
        )}
      </ShortList>
      <ShortList items={folders} what="folders">
        {(pinned) => <FolderLine key={pinned.folder} pinned={pinned} showProfile={of === null} />}
      </ShortList>
      <ShortList items={tools} what="tools">
        {(key) => <ToolLine key={`${key.path} ${key.server}`} found={key} />}
      </ShortList>
      {children && <div className="pane-actions">{children}</div>}
    </PaneCard>
  );
}

/** Whether both lists have loaded, and what went wrong. */
function useReadiness() {
  const files = useExportedFiles(({ resource }) => resource);
  const folders = usePinnedFolders(({ resource }) => resource);
  const problem =
    (files.state === 'loading' ? null : files.problem) ??
    (folders.state === 'loading' ? null : folders.problem);
  return { isLoaded: files.state !== 'loading' && folders.state !== 'loading', problem };
}

/** How many lines are shown at first. */
const maxLines = 12;

function ShortList<Item>({
  items,
  what,
  children,
}: {
  items: Item[];
  what: string;
  children: (item: Item) => ReactNode;
}) {
  const [all, setAll] = useState(false);
  if (items.length === 0) return null;
  return (
    <>
      <ul className={styles.list}>{(all ? items : items.slice(0, maxLines)).map(children)}</ul>
      {!all && items.length > maxLines && (
        <button type="button" className="link small" onClick={() => setAll(true)}>
          Show all {items.length} {what}
        </button>
      )}
    </>
  );
}
