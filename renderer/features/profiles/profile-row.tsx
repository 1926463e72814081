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
  Trash2,
} from 'lucide-react';
import { memo } from 'react';
import type { Account } from '../../../core/model/account.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import { Ring } from '../../components/facts/ring.tsx';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { Tag } from '../../components/facts/tag.tsx';
import { VerdictLine } from '../../components/facts/verdict.tsx';
import { Button, IconButton } from '../../components/forms/button.tsx';
import { RowName } from '../../components/lists/row-name.tsx';
import type { RowPlace } from '../../components/lists/virtual-list.tsx';
import { type MenuItem, MoreMenu } from '../../components/overlays/menu.tsx';
import { accountKindLabel } from '../../format/words.ts';
import type { Places } from '../../stores/where-used.ts';
import { openKey, openOverlay, openProfile } from '../../stores/window/view.ts';
import { describePlaces } from '../exports/describe-places.ts';
import { copyKey } from '../keys/copy-key.ts';
import { testNow } from '../keys/test-now.ts';
import { switchTo } from './profile-actions.ts';
import styles from './profile-row.module.css';

interface ProfileRowProps {
  profile: ProfileView;
  kind: Account['kind'] | undefined;
  current: boolean;
  place: RowPlace;
  places: Places | undefined;
  home: string;
  onOpen: (name: string) => void;
}

export const ProfileRow = memo(function ProfileRow({
  profile,
  kind,
  current,
  place,
  places,
  home,
  onOpen,
}: ProfileRowProps) {
  const { name, account, keyId, color, note, scope, verdict } = profile;
  const { tabIndex } = place;
  const { outdated, used } = describePlaces(places, home);
  return (
    <div className={styles.row}>
      <Ring className={styles.ring} color={color} current={current} />
      <RowName
        className={styles.name}
        noteClassName={styles.note}
        name={name}
        tabIndex={tabIndex}
        onOpen={() => onOpen(name)}
      >
        {outdated && <span className={`row-note-part ${styles.outdated}`}>{outdated}</span>}
        {account && <span className={`row-note-part ${styles.noteAccount}`}>{account.nickname}</span>}
        {used && <span className="row-note-part">{used}</span>}
        {note && <span className="row-note-part">{note.slice(0, 160)}</span>}
      </RowName>
      <div className={`row-cell ${styles.account}`}>
        {account ? <div className="clip">{account.nickname}</div> : <div className="soft">No account</div>}
        {kind && <div className="soft small">{accountKindLabel[kind]}</div>}
      </div>
      <div className={styles.scope}>{keyId !== null && <ScopeTag scope={scope} />}</div>
      <div className={`row-cell ${styles.verdict}`}>
        <VerdictLine keyId={keyId} verdict={verdict} />
      </div>
      <div className={`row-actions ${styles.actions}`}>
        {current ? (
          <Tag look="current" className={styles.current}>
            Current
          </Tag>
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
          name={`Copy key of ${name}`}
          icon={Copy}
          tabIndex={tabIndex}
          disabled={keyId === null}
          onClick={() => keyId !== null && void copyKey(keyId)}
        />
        <MoreMenu
          name={`More actions for ${name}`}
          tabIndex={tabIndex}
          items={() => profileMenu(profile, current)}
        />
      </div>
    </div>
  );
});

function profileMenu({ name, keyId }: ProfileView, current: boolean): MenuItem[] {
  const items: MenuItem[] = [{ label: 'Open', icon: PanelRight, run: () => openProfile(name) }];
  if (keyId !== null) {
    items.push(
      {
        label: 'Export…',
        icon: FileOutput,
        run: () => openOverlay({ kind: 'export', name, target: null }),
      },
      { label: 'Show key', icon: KeyRound, run: () => openKey(keyId) },
      { label: 'Generate picture…', icon: Sparkles, run: () => openOverlay({ kind: 'generate', keyId }) },
      {
        label: 'Create profile with this key…',
        icon: CopyPlus,
        run: () => openOverlay({ kind: 'create_profile', keyId }),
      },
    );
  }
  items.push({ label: 'Pin folder…', icon: Pin, run: () => openOverlay({ kind: 'pin', name }) });
  if (current) items.push({ label: 'Use no profile', icon: CircleOff, run: () => void switchTo(null) });
  items.push({
    label: 'Delete profile…',
    icon: Trash2,
    danger: true,
    run: () => openOverlay({ kind: 'delete_profile', name }),
  });
  return items;
}
