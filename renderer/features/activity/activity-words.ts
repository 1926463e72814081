import {
  Archive,
  ArchiveRestore,
  ArrowLeftRight,
  CircleMinus,
  CircleX,
  Eye,
  FilePenLine,
  FlaskConical,
  KeyRound,
  LogIn,
  LogOut,
  type LucideIcon,
  Play,
  SquareTerminal,
  Tag,
  Trash2,
  Undo2,
} from 'lucide-react';
import type { ActivityKind } from '../../../core/model/activity.ts';

interface Look {
  word: string;
  icon: LucideIcon;
}

const looks: Record<ActivityKind, Look> = {
  signed_in: { word: 'Signed in', icon: LogIn },
  signed_out: { word: 'Signed out', icon: LogOut },
  key_created: { word: 'Key created', icon: KeyRound },
  key_added: { word: 'Key added', icon: KeyRound },
  key_forgotten: { word: 'Key forgotten', icon: CircleMinus },
  key_revoked: { word: 'Key revoked', icon: CircleX },
  key_revealed: { word: 'Key revealed', icon: Eye },
  key_tested: { word: 'Key tested', icon: FlaskConical },
  key_recovered: { word: 'Key recovered', icon: Undo2 },
  profile_created: { word: 'Profile made', icon: Tag },
  profile_renamed: { word: 'Profile renamed', icon: FilePenLine },
  profile_changed: { word: 'Profile changed', icon: FilePenLine },
  profile_deleted: { word: 'Profile deleted', icon: Trash2 },
  switched: { word: 'Switched', icon: ArrowLeftRight },
  exported: { word: 'Exported', icon: SquareTerminal },
  backed_up: { word: 'Backup made', icon: Archive },
  restored: { word: 'Backup restored', icon: ArchiveRestore },
  ran: { word: 'Command run', icon: Play },
};

const isKnown = (kind: string): kind is ActivityKind => Object.hasOwn(looks, kind);

/** A kind that a newer Varvel has written is shown by its own name. */
export const activityLook = (kind: string): Look =>
  isKnown(kind) ? looks[kind] : { word: kind.replaceAll('_', ' '), icon: Tag };

export type ActivityGroup = 'all' | 'keys' | 'profiles' | 'sign_ins' | 'use';

export const activityGroups: { value: ActivityGroup; word: string }[] = [
  { value: 'all', word: 'Everything' },
  { value: 'keys', word: 'Keys' },
  { value: 'profiles', word: 'Profiles' },
  { value: 'sign_ins', word: 'Sign-ins' },
  { value: 'use', word: 'Switches and use' },
];

export function groupOf(kind: string): ActivityGroup {
  if (kind.startsWith('key_')) return 'keys';
  if (kind.startsWith('profile_')) return 'profiles';
  return kind.startsWith('signed_') ? 'sign_ins' : 'use';
}
