import {
  Activity,
  CircleOff,
  Copy,
  CopyPlus,
  KeyRound,
  PanelRight,
  Sparkles,
  SquareTerminal,
  Trash2,
} from 'lucide-react';
import { memo } from 'react';
import type { Account, Profile } from '../../../contract/rows.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { type MenuItem, MoreMenu } from '../../components/menu.tsx';
import { Ring } from '../../components/ring.tsx';
import { ScopeTag } from '../../components/scope-tag.tsx';
import { VerdictLine } from '../../components/verdict.tsx';
import type { InList } from '../../components/virtual-list.tsx';
import { kindWord } from '../../format/words.ts';
import { openKey, openOverlay, openProfile } from '../../stores/view.ts';
import { copyKey } from '../keys/copy-key.ts';
import { testNow } from '../keys/test-now.ts';
import { switchTo } from './profile-actions.ts';

interface ProfileRowProps {
  profile: Profile;
  kind: Account['kind'] | undefined;
  current: boolean;
  place: InList;
  isDesktop: boolean;
  onOpen: (name: string) => void;
}

export const ProfileRow = memo(function ProfileRow({
  profile,
  kind,
  current,
  place,
  isDesktop,
  onOpen,
}: ProfileRowProps) {
  const { name, account, keyId, color, note, scope, verdict } = profile;
  const { tabIndex } = place;
  return (
    <div className="profile-row">
      <Ring color={color} current={current} />
      <div className="row-name">
        <button
          type="button"
          className="row-main clip"
          data-main
          tabIndex={tabIndex}
          onClick={() => onOpen(name)}
        >
          <b>{name}</b>
        </button>
        <div className="row-note soft small clip">
          {account && (
            <span className="row-note-account">
              {account.nickname} {note && '· '}
            </span>
          )}
          {note?.slice(0, 160)}
        </div>
      </div>
      <div className="row-account">
        {account ? <div className="clip">{account.nickname}</div> : <div className="soft">No account</div>}
        {kind && <div className="soft small">{kindWord[kind]}</div>}
      </div>
      <div className="row-scope">{keyId !== null && <ScopeTag scope={scope} />}</div>
      <div className="row-verdict">
        <VerdictLine keyId={keyId} verdict={verdict} />
      </div>
      <div className="row-actions">
        {current ? (
          <span className="tag tag-current">Current</span>
        ) : (
          <Button tabIndex={tabIndex} aria-label={`Use ${name}`} onClick={() => void switchTo(name)}>
            Use
          </Button>
        )}
        <IconButton
          name={`Test ${name}`}
          icon={Activity}
          tabIndex={tabIndex}
          disabled={keyId === null}
          onClick={() => keyId !== null && void testNow(keyId)}
        />
        <IconButton
          name={`Copy the key of ${name}`}
          icon={Copy}
          tabIndex={tabIndex}
          disabled={keyId === null}
          onClick={() => keyId !== null && void copyKey(keyId)}
        />
        <MoreMenu
          name={`More for ${name}`}
          tabIndex={tabIndex}
          items={() => profileMenu(profile, current, isDesktop)}
        />
      </div>
    </div>
  );
});

function profileMenu({ name, keyId }: Profile, current: boolean, isDesktop: boolean): MenuItem[] {
  const items: MenuItem[] = [{ label: 'Open', icon: PanelRight, run: () => openProfile(name) }];
  if (keyId !== null) {
    items.push(
      { label: 'Show its key', icon: KeyRound, run: () => openKey(keyId) },
      { label: 'Generate a picture…', icon: Sparkles, run: () => openOverlay({ kind: 'generate', keyId }) },
      {
        label: 'New profile with its key…',
        icon: CopyPlus,
        run: () => openOverlay({ kind: 'new_profile', keyId }),
      },
    );
    if (isDesktop) {
      items.push({
        label: 'Export line…',
        icon: SquareTerminal,
        run: () => openOverlay({ kind: 'export_line', name }),
      });
    }
  }
  if (current) items.push({ label: 'Use no profile', icon: CircleOff, run: () => void switchTo(null) });
  items.push({
    label: 'Delete…',
    icon: Trash2,
    danger: true,
    run: () => openOverlay({ kind: 'delete_profile', name }),
  });
  return items;
}
