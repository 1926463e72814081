import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  type LucideIcon,
  Pin,
  PinOff,
  TriangleAlert,
  Undo2,
  Wrench,
} from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { ExportedFile } from '../../../core/exports/formats/exported-file.ts';
import type { ToolKey } from '../../../core/model/machine/other-tools.ts';
import type { PinnedFolder } from '../../../core/model/machine/pinned-folder.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Button, IconButton } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { PaneCard } from '../../components/layout/pane.tsx';
import { shortPath } from '../../format/path.ts';
import { useProfile } from '../../stores/profiles.ts';
import {
  refreshPlaces,
  useExportedFiles,
  useFileRows,
  useFolderRows,
  usePinnedFolders,
  useToolKeys,
} from '../../stores/where-used.ts';
import { useHome } from '../../stores/window/face.ts';
import { openOverlay, openProfile } from '../../stores/window/view.ts';
import { unpin } from './export-actions.ts';
import styles from './where-used.module.css';

/** Where a profile is used on this machine: files that contain its key, and folders pinned to it. */
export function ProfileWhereUsed({ name }: { name: string }) {
  const files = useFileRows().filter(({ profile }) => profile === name);
  const folders = useFolderRows().filter(({ profile }) => profile === name);
  const tools = useToolKeys(useProfile(name)?.keyId ?? null);
  return (
    <WhereUsed
      files={files}
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
  const folders = useFolderRows().filter(({ profile }) => using.has(profile));
  const tools = useToolKeys(keyId);
  return (
    <WhereUsed
      files={files}
      folders={folders}
      tools={tools}
      of={null}
      empty="Not in any file that Varvel wrote. Export a profile that uses this key, and its files will be listed here."
    />
  );
}

function WhereUsed({
  files,
  folders,
  tools,
  of,
  empty,
  children,
}: {
  files: ExportedFile[];
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
      {files.length + folders.length + tools.length === 0 && !ready.problem && (
        <p className="soft small">{ready.isLoaded ? empty : 'Loading…'}</p>
      )}
      <ShortList items={files} what="files">
        {(file) => <FileLine key={`${file.path} ${file.variable}`} file={file} showProfile={of === null} />}
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

interface Look {
  icon: LucideIcon;
  word: string;
  meaning: string;
  tone?: string | undefined;
}

const fileLooks: Record<ExportedFile['state'], Look> = {
  fresh: {
    icon: CircleCheck,
    word: 'Up to date',
    meaning: 'The file contains the profile’s key.',
    tone: styles.good,
  },
  stale: {
    icon: TriangleAlert,
    word: 'Outdated: old key',
    meaning: 'The profile now uses another key.',
    tone: styles.warn,
  },
  unknown: {
    icon: CircleHelp,
    word: 'Can’t be checked',
    meaning:
      'The file or its folder can’t be read, or sets the variable in a way that Varvel can’t. It may have the key.',
    tone: styles.warn,
  },
  gone: { icon: CircleDashed, word: 'Removed', meaning: 'The file no longer contains the key.' },
};

function FileLine({ file, showProfile }: { file: ExportedFile; showProfile: boolean }) {
  const { path, variable, profile, state, undoable } = file;
  const there = useProfile(profile) !== null;
  const label = `${variable} in ${shortPath(path, useHome())}`;
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <PathText path={path} />
        <StateLine look={fileLooks[state]}>
          {variable !== 'FAL_KEY' && <span className="mono">{variable}</span>}
          {showProfile && <ProfileLink profile={profile} />}
          {state !== 'fresh' && there && (
            <button
              type="button"
              className="link"
              onClick={() => openOverlay({ kind: 'export', name: profile, target: file })}
            >
              Update…<span className="unseen"> {label}</span>
            </button>
          )}
        </StateLine>
      </div>
      {undoable && state !== 'gone' && (
        <IconButton
          className={styles.undo}
          name={`Undo export of ${label}`}
          icon={Undo2}
          onClick={() => openOverlay({ kind: 'undo_export', file })}
        />
      )}
    </li>
  );
}

const folderLooks: Record<PinnedFolder['state'], Look> = {
  pinned: {
    icon: Pin,
    word: 'Pinned',
    meaning: 'Shells in this folder use the profile.',
    tone: styles.good,
  },
  other: {
    icon: TriangleAlert,
    word: 'Pinned to another profile',
    meaning: 'The pin now names another profile.',
    tone: styles.warn,
  },
  gone: { icon: CircleDashed, word: 'Pin removed', meaning: 'The folder no longer has a pin.' },
};

function FolderLine({ pinned, showProfile }: { pinned: PinnedFolder; showProfile: boolean }) {
  const { folder, profile, state } = pinned;
  const path = shortPath(folder, useHome());
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <PathText path={folder} />
        <StateLine look={folderLooks[state]}>{showProfile && <ProfileLink profile={profile} />}</StateLine>
      </div>
      {state !== 'other' && (
        <IconButton
          className={styles.undo}
          name={`Unpin ${path}`}
          icon={PinOff}
          onClick={() => void unpin(pinned)}
        />
      )}
    </li>
  );
}

/** A key in another tool's own file, which Varvel only reads. */
function ToolLine({ found: { tool, path, server } }: { found: ToolKey }) {
  const look = { icon: Wrench, word: tool, meaning: 'This tool keeps the key itself. It follows no switch.' };
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <PathText path={path} />
        <StateLine look={look}>{server !== null && <span className="mono">{server}</span>}</StateLine>
      </div>
    </li>
  );
}

function StateLine({ look, children }: { look: Look; children: ReactNode }) {
  const { icon: Icon, word, meaning, tone } = look;
  return (
    <div className={`small ${styles.state}`}>
      <span className={tone} title={meaning}>
        <Icon size={13} strokeWidth={2} aria-hidden="true" /> {word}
      </span>
      {children}
    </div>
  );
}

function ProfileLink({ profile }: { profile: string }) {
  const there = useProfile(profile) !== null;
  if (!there) return <span>{profile} (deleted)</span>;
  return (
    <button type="button" className="link" onClick={() => openProfile(profile)}>
      {profile}
    </button>
  );
}
