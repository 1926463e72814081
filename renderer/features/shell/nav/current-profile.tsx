import { useNow } from '../../../components/facts/clock.ts';
import { NoRing, Ring } from '../../../components/facts/ring.tsx';
import { ScopeTag } from '../../../components/facts/scope-tag.tsx';
import { Tag } from '../../../components/facts/tag.tsx';
import { VerdictLine } from '../../../components/facts/verdict.tsx';
import { ShortcutKeys } from '../../../components/forms/button.tsx';
import { ageAgo } from '../../../format/age.ts';
import { formatMoney } from '../../../format/money.ts';
import { useKnownBalance } from '../../../stores/money/money.ts';
import { useCurrentName, useProfile, useProfiles } from '../../../stores/profiles.ts';
import { useEnvironmentName } from '../../../stores/window/face.ts';
import { openOverlay } from '../../../stores/window/view.ts';
import { useModifier } from '../shortcuts.ts';
import styles from './current-profile.module.css';

/** What the account had when it was asked last. Nothing while that isn't known. */
function CurrentBalance({ accountId }: { accountId: string }) {
  const balance = useKnownBalance(accountId);
  const now = useNow();
  if (!balance) return null;
  return (
    <span className={styles.balance} title={`Balance, read ${ageAgo(balance.readAt, now)}`}>
      <span className="unseen">, balance </span>
      {formatMoney(balance.amount, balance.currency)}
    </span>
  );
}

const nameless = { loading: 'Loading…', failed: 'Unknown', loaded: 'No profile' } as const;

/** The current profile, always visible. A click opens the switcher. */
export function CurrentProfile() {
  const name = useCurrentName();
  const profile = useProfile(name);
  const state = useProfiles(({ resource }) =>
    resource.state === 'failed'
      ? 'failed'
      : resource.state === 'loading' && resource.begun === null
        ? 'loading'
        : 'loaded',
  );
  const environment = useEnvironmentName();
  const modifier = useModifier();
  return (
    <button
      type="button"
      className={styles.now}
      title={name ?? undefined}
      aria-keyshortcuts="Control+P Meta+P"
      onClick={() => openOverlay({ kind: 'switcher' })}
    >
      {profile ? <Ring color={profile.color} size={24} current /> : <NoRing size={24} />}
      <span className="unseen">Current profile: </span>
      <b className={styles.name}>{name ?? nameless[state]}</b>
      {profile && (profile.account || profile.keyId !== null) && (
        <span className={`soft small ${styles.about}`}>
          <span className="unseen">, </span>
          {profile.account && <span className="clip">{profile.account.nickname}</span>}
          {profile.keyId !== null && <ScopeTag scope={profile.scope} />}
          {profile.account && <CurrentBalance accountId={profile.account.id} />}
        </span>
      )}
      <span className={`small ${styles.verdict}`}>
        <span className="unseen">, </span>
        {environment === 'sandbox' && <Tag className={styles.sandbox}>sandbox</Tag>}
        {profile && <VerdictLine keyId={profile.keyId} verdict={profile.verdict} withAge={false} />}
        {name === null && state === 'loaded' && <span className="soft">No key active</span>}
        <span className="unseen">. Switch profile…</span>
        <ShortcutKeys className={styles.keys}>{`${modifier} P`}</ShortcutKeys>
      </span>
    </button>
  );
}
