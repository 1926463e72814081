import { Activity, CodeXml, Copy, FileOutput, Pin, RefreshCw, Sparkles, Tag, Trash2 } from 'lucide-react';
import type { ProfileView } from '../../../core/model/profile.ts';
import { openOverlay, openProfile } from '../../stores/window/view.ts';
import { copyKey } from '../keys/copy-key.ts';
import { testNow } from '../keys/test-now.ts';
import { switchTo } from '../profiles/profile-actions.ts';
import type { Action } from './action.ts';

/** What can be done with the current profile. */
export function currentProfileActions({ name, keyId }: ProfileView): Action[] {
  const group = 'Current profile';
  const actions: Action[] = [];
  if (keyId !== null) {
    actions.push(
      { name: `Test ${name}`, group, icon: Activity, also: 'verdict check', run: () => void testNow(keyId) },
      {
        name: `Copy key of ${name}`,
        group,
        icon: Copy,
        also: 'clipboard',
        run: () => void copyKey(keyId),
      },
      {
        name: `Generate picture with ${name}…`,
        group,
        icon: Sparkles,
        run: () => openOverlay({ kind: 'generate', keyId }),
      },
      {
        name: `Rotate key of ${name}…`,
        group,
        icon: RefreshCw,
        also: 'replace renew',
        run: () => openOverlay({ kind: 'rotate', keyId }),
      },
      {
        name: `Export ${name}…`,
        group,
        icon: FileOutput,
        also: 'file env dotenv envrc shell line environment write',
        run: () => openOverlay({ kind: 'export', name, target: null }),
      },
      {
        name: `Code for ${name}…`,
        group,
        icon: CodeXml,
        also: 'snippet python javascript curl sample example',
        run: () => openOverlay({ kind: 'snippet', name }),
      },
    );
  }
  actions.push(
    {
      name: `Pin folder to ${name}…`,
      group,
      icon: Pin,
      also: 'directory project',
      run: () => openOverlay({ kind: 'pin', name }),
    },
    { name: `Open ${name}`, group, icon: Tag, also: 'edit rename', run: () => openProfile(name) },
    { name: 'Use no profile', group, icon: Tag, also: 'unset none', run: () => void switchTo(null) },
    {
      name: `Delete ${name}…`,
      group,
      icon: Trash2,
      also: 'remove',
      run: () => openOverlay({ kind: 'delete_profiles', names: [name] }),
    },
  );
  return actions;
}
