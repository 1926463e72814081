import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  type LucideIcon,
  Pin,
  PinOff,
  Trash2,
  TriangleAlert,
  Undo2,
  Wrench,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { ExportedFile } from '../../../../core/exports/formats/exported-file.ts';
import { type GithubSecretView, githubPlace } from '../../../../core/model/machine/github-secret.ts';
import type { ToolKey } from '../../../../core/model/machine/other-tools.ts';
import type { PinnedFolder } from '../../../../core/model/machine/pinned-folder.ts';
import { PathText } from '../../../components/facts/path-text.tsx';
import { IconButton } from '../../../components/forms/button.tsx';
import { shortPath } from '../../../format/path.ts';
import { useProfile } from '../../../stores/profiles.ts';
import { useHome } from '../../../stores/window/face.ts';
import { openOverlay, openProfile } from '../../../stores/window/view.ts';
import { unpin } from '../export-actions.ts';
import styles from './where-used.module.css';

/** What a place is in, as an icon and a word, and what that means. */
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

export function FileLine({ file, showProfile }: { file: ExportedFile; showProfile: boolean }) {
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

export function FolderLine({ pinned, showProfile }: { pinned: PinnedFolder; showProfile: boolean }) {
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

const secretLooks: Record<GithubSecretView['state'], Look> = {
  fresh: {
    icon: CircleCheck,
    word: 'Up to date',
    meaning: 'The secret was set to the profile’s key. GitHub doesn’t tell what it has now.',
    tone: styles.good,
  },
  stale: {
    icon: TriangleAlert,
    word: 'Outdated: old key',
    meaning: 'The profile now uses another key.',
    tone: styles.warn,
  },
};

export function SecretLine({ secret, showProfile }: { secret: GithubSecretView; showProfile: boolean }) {
  const { repository, environment, variable, profile, state } = secret;
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <span>GitHub Actions, {githubPlace(secret)}</span>
        <StateLine look={secretLooks[state]}>
          {variable !== 'FAL_KEY' && <span className="mono">{variable}</span>}
          {showProfile && <ProfileLink profile={profile} />}
        </StateLine>
      </div>
      <IconButton
        className={styles.undo}
        name={`Delete secret ${variable} of ${githubPlace(secret)}…`}
        icon={Trash2}
        onClick={() => openOverlay({ kind: 'remove_secret', target: { repository, environment, variable } })}
      />
    </li>
  );
}

/** A key in another tool's own file, which Varvel only reads. */
export function ToolLine({ found: { tool, path, server } }: { found: ToolKey }) {
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
