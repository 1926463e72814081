import {
  Archive,
  ArchiveRestore,
  ArrowLeftRight,
  CircleMinus,
  CircleX,
  Eraser,
  Eye,
  FilePenLine,
  FlaskConical,
  KeyRound,
  LogIn,
  LogOut,
  type LucideIcon,
  Play,
  RefreshCw,
  SquareTerminal,
  Tag,
  Trash2,
  Undo2,
} from 'lucide-react';
import type { ActivityKind } from '../../../core/model/activity.ts';
import type { Actor } from '../../../core/model/face.ts';

interface Look {
  label: string;
  icon: LucideIcon;
}

const looks: Record<ActivityKind, Look> = {
  signed_in: { label: 'Signed in', icon: LogIn },
  signed_out: { label: 'Signed out', icon: LogOut },
  key_created: { label: 'Key created', icon: KeyRound },
  key_added: { label: 'Key added', icon: KeyRound },
  key_forgotten: { label: 'Key forgotten', icon: CircleMinus },
  key_revoked: { label: 'Key revoked', icon: CircleX },
  key_revealed: { label: 'Key revealed', icon: Eye },
  key_tested: { label: 'Key tested', icon: FlaskConical },
  key_recovered: { label: 'Key recovered', icon: Undo2 },
  rotation_started: { label: 'Rotation started', icon: RefreshCw },
  rotation_switched: { label: 'New key in use', icon: RefreshCw },
  rotation_finished: { label: 'Key rotated', icon: RefreshCw },
  rotation_aborted: { label: 'Rotation aborted', icon: Undo2 },
  copies_removed: { label: 'Copies removed', icon: Eraser },
  copies_restored: { label: 'Copies restored', icon: Undo2 },
  key_renamed: { label: 'Key renamed', icon: FilePenLine },
  profile_created: { label: 'Profile created', icon: Tag },
  profile_renamed: { label: 'Profile renamed', icon: FilePenLine },
  profile_changed: { label: 'Profile changed', icon: FilePenLine },
  profile_deleted: { label: 'Profile deleted', icon: Trash2 },
  switched: { label: 'Switched', icon: ArrowLeftRight },
  exported: { label: 'Exported', icon: SquareTerminal },
  backed_up: { label: 'Backup created', icon: Archive },
  restored: { label: 'Backup restored', icon: ArchiveRestore },
  ran: { label: 'Command run', icon: Play },
};

const isKnown = (kind: string): kind is ActivityKind => Object.hasOwn(looks, kind);

/** How to show an entry. A kind from a newer Varvel is shown by its name. */
export const activityDisplay = (kind: string): Look =>
  isKnown(kind) ? looks[kind] : { label: kind.replaceAll('_', ' '), icon: Tag };

const faceWords: Record<Actor['face'], string> = {
  terminal: 'Terminal',
  desktop: 'Desktop app',
  web: 'Web view',
};

/** Who acted, such as “Terminal · make”. Empty for an entry of before that was recorded. */
export const actorText = (actor: Actor | null): string =>
  actor === null ? '' : [faceWords[actor.face], actor.program].filter(Boolean).join(' · ');

export type ActivityGroup = 'all' | 'keys' | 'profiles' | 'sign_ins' | 'use';

export const activityGroups: { value: ActivityGroup; word: string }[] = [
  { value: 'all', word: 'All activity' },
  { value: 'keys', word: 'Keys' },
  { value: 'profiles', word: 'Profiles' },
  { value: 'sign_ins', word: 'Sign-ins' },
  { value: 'use', word: 'Switches and usage' },
];

export function groupOf(kind: string): ActivityGroup {
  if (kind.startsWith('key_') || kind.startsWith('copies_')) return 'keys';
  if (kind.startsWith('profile_')) return 'profiles';
  return kind.startsWith('signed_') ? 'sign_ins' : 'use';
}
