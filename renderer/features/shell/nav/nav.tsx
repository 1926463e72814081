import {
  CircleQuestionMark,
  History,
  KeyRound,
  type LucideIcon,
  Search,
  Settings,
  Stethoscope,
  Tag,
  Users,
} from 'lucide-react';
import { ShortcutKeys } from '../../../components/forms/button.tsx';
import { formatNumber } from '../../../format/count.ts';
import { distinctAccounts, useAccounts } from '../../../stores/accounts.ts';
import { useKeys } from '../../../stores/keys/keys.ts';
import { useProfiles } from '../../../stores/profiles.ts';
import { known, shown } from '../../../stores/snapshots/resource.ts';
import { goTo, openOverlay, type Screen, screens, useView } from '../../../stores/window/view.ts';
import { useModifier } from '../shortcuts.ts';
import { CurrentProfile } from './current-profile.tsx';
import styles from './nav.module.css';
import { NavFoot } from './nav-foot.tsx';

const looks: Record<Screen, { word: string; icon: LucideIcon }> = {
  profiles: { word: 'Profiles', icon: Tag },
  keys: { word: 'Keys', icon: KeyRound },
  accounts: { word: 'Accounts', icon: Users },
  activity: { word: 'Activity', icon: History },
  settings: { word: 'Settings', icon: Settings },
  which: { word: 'Active key', icon: CircleQuestionMark },
  doctor: { word: 'Doctor', icon: Stethoscope },
};

export function Nav() {
  const screen = useView((view) => view.screen);
  const counts = useCounts();
  const modifier = useModifier();
  return (
    <nav className={styles.nav} aria-label="Varvel">
      <CurrentProfile />
      <ul className={styles.screens}>
        {screens.map((each) => {
          const { word, icon: Icon } = looks[each];
          const count = counts[each];
          return (
            <li key={each} className={each === 'which' ? styles.apart : undefined}>
              <button
                type="button"
                className={styles.item}
                aria-current={each === screen ? 'page' : undefined}
                onClick={() => goTo(each)}
              >
                <Icon size={17} strokeWidth={1.7} aria-hidden="true" />
                <span className={styles.word}>{word}</span>
                {count !== undefined && <span className={styles.count}>{formatNumber(count)}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        className={`${styles.item} ${styles.palette}`}
        onClick={() => openOverlay({ kind: 'palette' })}
      >
        <Search size={17} strokeWidth={1.7} aria-hidden="true" />
        <span className={styles.word}>Actions</span>
        <ShortcutKeys className={styles.keys}>{`${modifier} K`}</ShortcutKeys>
      </button>
      <NavFoot />
    </nav>
  );
}

function useCounts(): Partial<Record<Screen, number>> {
  const profiles = useProfiles(({ resource }) => shown(resource)?.total);
  // those here: a refresh adds fal's to the list, and the count would jump
  const keys = useKeys(({ resource }) => known(resource)?.filter(({ stored }) => stored).length);
  const accounts = useAccounts(({ resource }) => distinctAccounts(known(resource) ?? []).length);
  return {
    ...(profiles !== undefined && { profiles }),
    ...(keys !== undefined && { keys }),
    ...(accounts > 0 && { accounts }),
  };
}
