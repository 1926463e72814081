import { CircleCheck, CircleDashed, type LucideIcon, Pin, PinOff, TriangleAlert, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { ExportedFile } from '../../../core/exports/formats/exported-file.ts';
import type { PinnedFolder } from '../../../core/model/pinned-folder.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Button, IconButton } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { shortPath } from '../../format/path.ts';
import { useProfile } from '../../stores/profiles.ts';
import {
  lookAgain,
  useExportedFiles,
  useFileRows,
  useFolderRows,
  usePinnedFolders,
} from '../../stores/where-used.ts';
import { useHome } from '../../stores/window/face.ts';
import { openOverlay, openProfile } from '../../stores/window/view.ts';
import { undoExport, unpin } from './export-actions.ts';
import './exports.css';

/** Where a profile is in use on this machine: files that hold its key, folders that are pinned to it. */
export function ProfileWhereUsed({ name }: { name: string }) {
  const files = useFileRows().filter(({ profile }) => profile === name);
  const folders = useFolderRows().filter(({ profile }) => profile === name);
  return (
    <WhereUsed
      files={files}
      folders={folders}
      of={name}
      empty="Nowhere yet. Export it into a project’s .env, or pin a folder to it: then it stands here."
    >
      <Button icon={Pin} onClick={() => openOverlay({ kind: 'pin', name })}>
        Pin a folder…
      </Button>
    </WhereUsed>
  );
}

/** The same of a key: the files that were given it, and the folders pinned to profiles that use it. */
export function KeyWhereUsed({ keyId, profiles }: { keyId: string; profiles: readonly string[] }) {
  const using = new Set(profiles);
  const files = useFileRows().filter((file) => file.keyId === keyId);
  const folders = useFolderRows().filter(({ profile }) => using.has(profile));
  return (
    <WhereUsed
      files={files}
      folders={folders}
      of={null}
      empty="In no file that Varvel wrote. Export a profile that uses it, and its files stand here."
    />
  );
}

function WhereUsed({
  files,
  folders,
  of,
  empty,
  children,
}: {
  files: ExportedFile[];
  folders: PinnedFolder[];
  /** The profile whose places these are; null when they may be of several, and each says whose it is. */
  of: string | null;
  empty: string;
  children?: ReactNode;
}) {
  // files are changed by other programs too: as fresh as the pane
  useEffect(lookAgain, []);
  const ready = useReadiness();
  return (
    <section className="used" aria-label="Where used">
      <h3>Where used</h3>
      {ready.problem && <ProblemNote problem={ready.problem} />}
      {files.length + folders.length === 0 && !ready.problem && (
        <p className="soft small">{ready.read ? empty : 'Looking at the files…'}</p>
      )}
      <Some items={files} what="files">
        {(file) => <FileLine key={`${file.path} ${file.variable}`} file={file} whose={of === null} />}
      </Some>
      <Some items={folders} what="folders">
        {(pinned) => <FolderLine key={pinned.folder} pinned={pinned} whose={of === null} />}
      </Some>
      {children && <div className="pane-actions">{children}</div>}
    </section>
  );
}

/** Whether both lists have been read, and what went wrong. */
function useReadiness() {
  const files = useExportedFiles(({ resource }) => resource);
  const folders = usePinnedFolders(({ resource }) => resource);
  const problem =
    (files.state === 'loading' ? null : files.problem) ??
    (folders.state === 'loading' ? null : folders.problem);
  return { read: files.state !== 'loading' && folders.state !== 'loading', problem };
}

/** So many lines a pane has room for before it asks. */
const many = 12;

function Some<Item>({
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
      <ul className="used-list">{(all ? items : items.slice(0, many)).map(children)}</ul>
      {!all && items.length > many && (
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
}

const fileLooks: Record<ExportedFile['state'], Look> = {
  fresh: { icon: CircleCheck, word: 'fresh', meaning: 'It holds the key that the profile uses.' },
  stale: { icon: TriangleAlert, word: 'stale, old key', meaning: 'The profile uses another key now.' },
  gone: { icon: CircleDashed, word: 'gone', meaning: 'The key is not in the file any more.' },
};

function FileLine({ file, whose }: { file: ExportedFile; whose: boolean }) {
  const { path, variable, profile, state, undoable } = file;
  const there = useProfile(profile) !== null;
  const said = `${variable} in ${shortPath(path, useHome())}`;
  return (
    <li className="used-line">
      <div className="used-words">
        <PathText path={path} />
        <StateLine look={fileLooks[state]} state={state}>
          {variable !== 'FAL_KEY' && <span className="mono">{variable}</span>}
          {whose && <Whose profile={profile} />}
          {state !== 'fresh' && there && (
            <button
              type="button"
              className="link"
              onClick={() => openOverlay({ kind: 'export', name: profile, target: file })}
            >
              Write again…<span className="unseen"> {said}</span>
            </button>
          )}
        </StateLine>
      </div>
      {undoable && state !== 'gone' && (
        <IconButton
          name={`Undo the export of ${said}`}
          icon={Undo2}
          onClick={() => void undoExport(path, variable)}
        />
      )}
    </li>
  );
}

const folderLooks: Record<PinnedFolder['state'], Look> = {
  pinned: { icon: Pin, word: 'pinned', meaning: 'Shells in this folder use the profile.' },
  other: { icon: TriangleAlert, word: 'pinned to another', meaning: 'Its file names another profile now.' },
  gone: { icon: CircleDashed, word: 'pin gone', meaning: 'There is no pin in this folder any more.' },
};

function FolderLine({ pinned, whose }: { pinned: PinnedFolder; whose: boolean }) {
  const { folder, profile, state } = pinned;
  const said = shortPath(folder, useHome());
  return (
    <li className="used-line">
      <div className="used-words">
        <PathText path={folder} />
        <StateLine look={folderLooks[state]} state={state}>
          {whose && <Whose profile={profile} />}
        </StateLine>
      </div>
      {state !== 'other' && (
        <IconButton name={`Unpin ${said}`} icon={PinOff} onClick={() => void unpin(pinned)} />
      )}
    </li>
  );
}

function StateLine({ look, state, children }: { look: Look; state: string; children: ReactNode }) {
  const { icon: Icon, word, meaning } = look;
  return (
    <div className={`used-state used-${state} small`}>
      <span title={meaning}>
        <Icon size={13} strokeWidth={2} aria-hidden="true" /> {word}
      </span>
      {children}
    </div>
  );
}

function Whose({ profile }: { profile: string }) {
  const there = useProfile(profile) !== null;
  if (!there) return <span>{profile}, deleted</span>;
  return (
    <button type="button" className="link" onClick={() => openProfile(profile)}>
      {profile}
    </button>
  );
}
