import type { ProfileView } from '../../../core/model/profile.ts';
import { NoRing, Ring } from '../../components/facts/ring.tsx';
import { ShortcutKeys } from '../../components/forms/button.tsx';
import { useCurrentName, useProfile, useProfiles } from '../../stores/profiles.ts';
import { openOverlay } from '../../stores/window/view.ts';
import styles from './current-profile.module.css';
import { useModifier } from './shortcuts.ts';

/** An imported key's account and scope are unknown before its first test. */
const missingDetails = ({ keyId }: ProfileView): string => (keyId === null ? 'No key' : 'Not tested');

/** The current profile, always visible. A click opens the switcher. */
export function CurrentProfile() {
  const name = useCurrentName();
  const profile = useProfile(name);
  const isLoaded = useProfiles(({ resource }) => resource.state !== 'loading' || resource.begun !== null);
  const modifier = useModifier();
  const about = profile ? [profile.account?.nickname, profile.scope].filter(Boolean).join(' · ') : '';
  return (
    <button
      type="button"
      className={styles.now}
      aria-keyshortcuts="Control+P Meta+P"
      onClick={() => openOverlay({ kind: 'switcher' })}
    >
      {profile ? <Ring color={profile.color} size={26} current /> : <NoRing size={26} />}
      <span className={styles.words}>
        <span className="unseen">Current profile: </span>
        <b className="clip">{name ?? (isLoaded ? 'No profile' : 'Loading…')}</b>
        <span className="soft small clip">
          {profile && (about || missingDetails(profile))}
          {name === null && isLoaded && 'No key active'}
        </span>
      </span>
      <span className="unseen">. Switch profile…</span>
      <ShortcutKeys className={styles.keys}>{`${modifier} P`}</ShortcutKeys>
    </button>
  );
}
