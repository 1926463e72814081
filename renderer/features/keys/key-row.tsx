import { Activity, Copy, KeyRound } from 'lucide-react';
import { memo, useId } from 'react';
import type { KeyView } from '../../../core/model/key-view.ts';
import { useNow } from '../../components/facts/clock.ts';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { VerdictLine } from '../../components/facts/verdict.tsx';
import { IconButton } from '../../components/forms/button.tsx';
import { RowName } from '../../components/lists/row-name.tsx';
import type { RowPlace } from '../../components/lists/virtual-list.tsx';
import { MoreMenu } from '../../components/overlays/menu.tsx';
import { dateAndTime } from '../../format/age.ts';
import { countOf } from '../../format/count.ts';
import { keyName, shortId } from '../../format/words.ts';
import { useRotation } from '../../stores/keys/rotations.ts';
import { rotationMark } from '../rotation/rotation-words.ts';
import { copyKey } from './copy-key.ts';
import { ageWords, hasBadge, KeyBadge } from './facts/key-due.tsx';
import { LocationLabel } from './facts/location-label.tsx';
import { keyMenu } from './key-menu.ts';
import styles from './key-row.module.css';
import { testNow } from './test-now.ts';

export const KeyRow = memo(function KeyRow({
  row,
  place: { tabIndex },
  onOpen,
}: {
  row: KeyView;
  place: RowPlace;
  onOpen: (id: string) => void;
}) {
  const { id, alias, account, scope, createdAt, stored, profiles, verdict } = row;
  const name = keyName(row);
  const state = useId();
  const rotation = useRotation(id);
  const now = useNow();
  const isBadged = hasBadge(row, now);
  return (
    <div className={styles.row}>
      <KeyRound className={styles.icon} size={17} strokeWidth={1.7} aria-hidden="true" />
      <RowName
        className={styles.name}
        noteClassName={styles.note}
        name={name}
        describedBy={state}
        tabIndex={tabIndex}
        onOpen={() => onOpen(id)}
      >
        {isBadged && (
          <span className="row-note-part">
            <KeyBadge row={row} />
          </span>
        )}
        {alias !== null && <span className="row-note-part mono">{shortId(id)}</span>}
        {rotation && <span className="row-note-part">{rotationMark(rotation, id)}</span>}
        {createdAt !== null && !isBadged && (
          <span className="row-note-part" title={`Created ${dateAndTime(createdAt)}`}>
            {ageWords(createdAt, now)}
          </span>
        )}
        {profiles.length > 0 && (
          <span className="row-note-part">
            {profiles.length < 3 ? profiles.join(', ') : countOf(profiles.length, 'profile')}
          </span>
        )}
      </RowName>
      <div className={`row-cell ${styles.account}`}>
        {account ? (
          <div className="clip">{account.nickname}</div>
        ) : (
          <div className="soft">Unknown account</div>
        )}
        <div className="soft small">
          <LocationLabel row={row} />
        </div>
        {isBadged && (
          <div className={styles.badge}>
            <KeyBadge row={row} />
          </div>
        )}
      </div>
      <div className={styles.scope}>
        <ScopeTag scope={scope} />
      </div>
      <div id={state} className={`row-cell ${styles.verdict}`}>
        {stored ? <VerdictLine keyId={id} verdict={verdict} /> : null}
      </div>
      <div className={`row-actions ${styles.actions}`}>
        {stored && (
          <>
            <IconButton
              name={`Test ${name}`}
              letter="t"
              icon={Activity}
              tabIndex={tabIndex}
              onClick={() => void testNow(id)}
            />
            <IconButton
              name={`Copy ${name}`}
              letter="c"
              icon={Copy}
              tabIndex={tabIndex}
              onClick={() => void copyKey(id)}
            />
          </>
        )}
        <MoreMenu name={`More actions for ${name}`} tabIndex={tabIndex} items={() => keyMenu(row)} />
      </div>
    </div>
  );
});
