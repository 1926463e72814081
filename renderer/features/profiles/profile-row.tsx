import { Activity, Copy, FileOutput } from 'lucide-react';
import { memo, useId } from 'react';
import type { Account } from '../../../core/model/fal/account.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import { Ring } from '../../components/facts/ring.tsx';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { Tag } from '../../components/facts/tag.tsx';
import { VerdictLine } from '../../components/facts/verdict.tsx';
import { Button, IconButton } from '../../components/forms/button.tsx';
import { RowName } from '../../components/lists/row-name.tsx';
import type { RowPlace } from '../../components/lists/virtual-list.tsx';
import { MoreMenu } from '../../components/overlays/menu.tsx';
import { accountKindLabel } from '../../format/words.ts';
import type { Places } from '../../stores/where-used.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { describePlaces } from '../exports/used/describe-places.ts';
import { copyKey } from '../keys/copy-key.ts';
import { testNow } from '../keys/test-now.ts';
import { switchTo } from './profile-actions.ts';
import { profileMenu } from './profile-menu.ts';
import styles from './profile-row.module.css';

interface ProfileRowProps {
  profile: ProfileView;
  kind: Account['kind'] | undefined;
  current: boolean;
  starred: boolean;
  place: RowPlace;
  places: Places | undefined;
  home: string;
  onOpen: (name: string) => void;
}

export const ProfileRow = memo(function ProfileRow({
  profile,
  kind,
  current,
  starred,
  place,
  places,
  home,
  onOpen,
}: ProfileRowProps) {
  const { name, account, keyId, color, note, scope, verdict } = profile;
  const { tabIndex } = place;
  const state = useId();
  const { outdated, used } = describePlaces(places, home);
  return (
    <div className={styles.row}>
      <Ring className={styles.ring} color={color} current={current} />
      <RowName
        className={styles.name}
        noteClassName={styles.note}
        name={name}
        starred={starred}
        describedBy={state}
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
      <div id={state} className={`row-cell ${styles.verdict}`}>
        <VerdictLine keyId={keyId} verdict={verdict} />
      </div>
      <div className={`row-actions ${styles.actions}`}>
        {current ? (
          <Tag look="current" className={styles.current}>
            Current
          </Tag>
        ) : (
          <Button
            tabIndex={tabIndex}
            aria-label={`Use ${name}`}
            title={`Use ${name} (U)`}
            onClick={() => void switchTo(name)}
          >
            Use
          </Button>
        )}
        <IconButton
          name={`Test ${name}`}
          letter="t"
          icon={Activity}
          tabIndex={tabIndex}
          disabled={keyId === null}
          onClick={() => keyId !== null && void testNow(keyId)}
        />
        <IconButton
          name={`Copy key of ${name}`}
          letter="c"
          icon={Copy}
          tabIndex={tabIndex}
          disabled={keyId === null}
          onClick={() => keyId !== null && void copyKey(keyId)}
        />
        <IconButton
          className={styles.export}
          name={`Export ${name}…`}
          letter="e"
          icon={FileOutput}
          tabIndex={tabIndex}
          disabled={keyId === null}
          onClick={() => openOverlay({ kind: 'export', name, target: null })}
        />
        <MoreMenu
          name={`More actions for ${name}`}
          tabIndex={tabIndex}
          items={() => profileMenu(profile, { current, starred })}
        />
      </div>
    </div>
  );
});
