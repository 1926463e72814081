import {
  Activity,
  CircleMinus,
  Copy,
  CopyPlus,
  Eye,
  FileSearch,
  PanelRight,
  Pencil,
  RefreshCw,
  Sparkles,
  Trash2,
} from 'lucide-react';
import type { KeyView } from '../../../core/model/key-view.ts';
import type { MenuItem } from '../../components/overlays/menu-items.tsx';
import { openKey, openOverlay } from '../../stores/window/view.ts';
import { copyKey } from './copy-key.ts';
import { testNow } from './test-now.ts';

/** What can be done with a key, in its menus and by letters. */
export function keyMenu({ id, stored, remote, expiresAt }: KeyView): MenuItem[] {
  const items: MenuItem[] = [];
  if (stored) {
    items.push(
      { label: 'Test', icon: Activity, letter: 't', run: () => void testNow(id) },
      { label: 'Copy', icon: Copy, letter: 'c', run: () => void copyKey(id) },
    );
  }
  items.push({ label: 'Open', icon: PanelRight, run: () => openKey(id) });
  if (stored) {
    if (expiresAt === null)
      items.push({
        label: 'Rotate key…',
        icon: RefreshCw,
        run: () => openOverlay({ kind: 'rotate', keyId: id }),
      });
    items.push(
      { label: 'Rename key…', icon: Pencil, run: () => openOverlay({ kind: 'rename_key', keyId: id }) },
      {
        label: 'Create profile…',
        icon: CopyPlus,
        run: () => openOverlay({ kind: 'create_profile', keyId: id }),
      },
      {
        label: 'Generate picture…',
        icon: Sparkles,
        run: () => openOverlay({ kind: 'generate', keyId: id }),
      },
      {
        label: 'Find copies…',
        icon: FileSearch,
        run: () => openOverlay({ kind: 'find_copies', keyId: id }),
      },
      { label: 'Reveal…', icon: Eye, run: () => openOverlay({ kind: 'reveal', keyId: id }) },
      {
        label: 'Forget key…',
        icon: CircleMinus,
        danger: true,
        run: () => openOverlay({ kind: 'forget', keyId: id }),
      },
    );
  }
  if (remote !== false) {
    items.push({
      label: 'Revoke key…',
      icon: Trash2,
      danger: true,
      run: () => openOverlay({ kind: 'revoke', keyId: id }),
    });
  }
  return items;
}
