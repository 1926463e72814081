import {
  Activity,
  CircleHelp,
  CircleMinus,
  Copy,
  CopyPlus,
  Eye,
  FileSearch,
  PanelRight,
  Pencil,
  RefreshCw,
  Sparkles,
  TimerOff,
  Trash2,
} from 'lucide-react';
import { isRefused } from '../../../core/model/fal/verdict.ts';
import type { KeyView } from '../../../core/model/key-view.ts';
import type { MenuItem } from '../../components/overlays/menu-items.tsx';
import { latestVerdict } from '../../stores/keys/tests.ts';
import { openKey, openOverlay } from '../../stores/window/view.ts';
import { copyKey } from './copy-key.ts';
import { testNow } from './test-now.ts';

/** Opens why a key is refused. */
export const whyRefused = (about: { keyId: string; profile?: string }): MenuItem => ({
  label: 'Why is it refused?…',
  icon: CircleHelp,
  run: () => openOverlay({ kind: 'diagnose', ...about }),
});

/** What can be done with a key, in its menus and by letters. */
export function keyMenu(row: KeyView): MenuItem[] {
  const { id, stored, remote, expiresAt } = row;
  const items: MenuItem[] = [];
  const verdict = latestVerdict({ keyId: id, verdict: row.verdict });
  if (stored) {
    items.push(
      { label: 'Test', icon: Activity, letter: 't', run: () => void testNow(id) },
      { label: 'Copy', icon: Copy, letter: 'c', run: () => void copyKey(id) },
    );
    if (verdict && isRefused(verdict)) items.push(whyRefused({ keyId: id }));
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
  if (expiresAt !== null)
    items.push({
      label: 'End now…',
      icon: TimerOff,
      danger: true,
      run: () => openOverlay({ kind: 'end_key', keyId: id }),
    });
  else if (remote !== false)
    items.push({
      label: 'Revoke key…',
      icon: Trash2,
      danger: true,
      run: () => openOverlay({ kind: 'revoke', keyId: id }),
    });
  return items;
}
