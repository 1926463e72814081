import {
  Activity,
  CircleMinus,
  Copy,
  CopyPlus,
  Eye,
  KeyRound,
  PanelRight,
  Sparkles,
  Trash2,
} from 'lucide-react';
import { memo } from 'react';
import type { KeyView } from '../../../core/model/key-view.ts';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { VerdictLine } from '../../components/facts/verdict.tsx';
import { IconButton } from '../../components/forms/button.tsx';
import { RowName } from '../../components/lists/row-name.tsx';
import type { RowPlace } from '../../components/lists/virtual-list.tsx';
import { type MenuItem, MoreMenu } from '../../components/overlays/menu.tsx';
import { countOf } from '../../format/count.ts';
import { keyName, shortId } from '../../format/words.ts';
import { openKey, openOverlay } from '../../stores/window/view.ts';
import { copyKey } from './copy-key.ts';
import styles from './key-row.module.css';
import { LocationLabel } from './location-label.tsx';
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
  const { id, alias, account, scope, stored, profiles, verdict } = row;
  const name = keyName(row);
  return (
    <div className={styles.row}>
      <KeyRound className={styles.icon} size={17} strokeWidth={1.7} aria-hidden="true" />
      <RowName
        className={styles.name}
        noteClassName={styles.note}
        name={name}
        tabIndex={tabIndex}
        onOpen={() => onOpen(id)}
      >
        {alias !== null && <span className="row-note-part mono">{shortId(id)}</span>}
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
      </div>
      <div className={styles.scope}>
        <ScopeTag scope={scope} />
      </div>
      <div className={`row-cell ${styles.verdict}`}>
        {stored ? <VerdictLine keyId={id} verdict={verdict} /> : null}
      </div>
      <div className={`row-actions ${styles.actions}`}>
        {stored && (
          <>
            <IconButton
              name={`Test ${name}`}
              icon={Activity}
              tabIndex={tabIndex}
              onClick={() => void testNow(id)}
            />
            <IconButton
              name={`Copy ${name}`}
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

function keyMenu({ id, stored, remote }: KeyView): MenuItem[] {
  const items: MenuItem[] = [{ label: 'Open', icon: PanelRight, run: () => openKey(id) }];
  if (stored) {
    items.push(
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
