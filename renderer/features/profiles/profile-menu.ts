import {
  Activity,
  CircleOff,
  Copy,
  CopyPlus,
  FileOutput,
  KeyRound,
  PanelRight,
  Pin,
  Sparkles,
  Star,
  Tag,
  Trash2,
} from 'lucide-react';
import { isRefused } from '../../../core/model/fal/verdict.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import type { MenuItem } from '../../components/overlays/menu-items.tsx';
import { latestVerdict } from '../../stores/keys/tests.ts';
import { openKey, openOverlay, openProfile } from '../../stores/window/view.ts';
import { copyKey } from '../keys/copy-key.ts';
import { whyRefused } from '../keys/key-menu.ts';
import { testNow } from '../keys/test-now.ts';
import { star, switchTo } from './profile-actions.ts';

export interface ProfileState {
  current: boolean;
  starred: boolean;
}

/** What can be done with a profile, in its menus and by letters. */
export function profileMenu(profile: ProfileView, { current, starred }: ProfileState): MenuItem[] {
  const { name, keyId } = profile;
  const verdict = latestVerdict(profile);
  const items: MenuItem[] = current
    ? []
    : [{ label: 'Use', icon: Tag, letter: 'u', run: () => void switchTo(name) }];
  if (keyId !== null) {
    items.push(
      { label: 'Test', icon: Activity, letter: 't', run: () => void testNow(keyId) },
      { label: 'Copy key', icon: Copy, letter: 'c', run: () => void copyKey(keyId) },
      {
        label: 'Export…',
        icon: FileOutput,
        letter: 'e',
        run: () => openOverlay({ kind: 'export', name, target: null }),
      },
    );
    if (verdict && isRefused(verdict)) items.push(whyRefused({ keyId, profile: name }));
  }
  items.push({ label: 'Open', icon: PanelRight, run: () => openProfile(name) });
  if (keyId !== null) {
    items.push(
      { label: 'Show key', icon: KeyRound, run: () => openKey(keyId) },
      { label: 'Generate picture…', icon: Sparkles, run: () => openOverlay({ kind: 'generate', keyId }) },
      {
        label: 'Create profile with this key…',
        icon: CopyPlus,
        run: () => openOverlay({ kind: 'create_profile', keyId }),
      },
    );
  }
  items.push({
    label: 'Pin folder…',
    icon: Pin,
    letter: 'p',
    run: () => openOverlay({ kind: 'pin', name }),
  });
  items.push({
    label: starred ? 'Remove star' : 'Add star',
    icon: Star,
    letter: 's',
    run: () => void star(name, !starred),
  });
  if (current) items.push({ label: 'Use no profile', icon: CircleOff, run: () => void switchTo(null) });
  items.push({
    label: 'Delete profile…',
    icon: Trash2,
    danger: true,
    run: () => openOverlay({ kind: 'delete_profiles', names: [name] }),
  });
  return items;
}
