import type { ProfileView } from '../../../core/model/profile.ts';
import { Ring } from '../../components/facts/ring.tsx';
import { ShortcutKeys } from '../../components/forms/button.tsx';
import { useCurrentName, useProfile, useProfiles } from '../../stores/profiles.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { useModifier } from './shortcuts.ts';

/** An imported key’s account and scope are not known before its first test. */
const whyNothing = ({ keyId }: ProfileView): string => (keyId === null ? 'no key' : 'not tested yet');

/** Which profile is in force, always in sight; a click switches. */
export function CurrentProfile() {
  const name = useCurrentName();
  const profile = useProfile(name);
  const isRead = useProfiles(({ resource }) => resource.state !== 'loading' || resource.begun !== null);
  const modifier = useModifier();
  const about = profile ? [profile.account?.nickname, profile.scope].filter(Boolean).join(' · ') : '';
  return (
    <button
      type="button"
      className="now"
      aria-keyshortcuts="Control+P Meta+P"
      onClick={() => openOverlay({ kind: 'switcher' })}
    >
      {profile ? <Ring color={profile.color} size={26} current /> : <span className="no-ring now-none" />}
      <span className="now-words">
        <span className="unseen">Current profile: </span>
        <b className="clip">{name ?? (isRead ? 'No profile' : 'Reading…')}</b>
        <span className="soft small clip">
          {profile && (about || whyNothing(profile))}
          {name === null && isRead && 'nothing is in force'}
        </span>
      </span>
      <span className="unseen">. Switch…</span>
      <ShortcutKeys>{`${modifier} P`}</ShortcutKeys>
    </button>
  );
}
