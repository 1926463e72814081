import type { Ports } from '../ports.ts';
import type { Pin } from './pin.ts';

/** A warning about a pin, shown once per shell: the same problem has the same `id`. */
export interface PinWarning {
  id: string;
  text: string;
}

export interface PinSurroundings {
  pin: Pin;
  /** The key id of a FAL_KEY that was set by hand; null when there is none, or when it came from Varvel. */
  handSetKeyId: string | null;
  /** VARVEL_PROFILE, or the profile given as argument. */
  explicit: string | null;
  /** Whether the pin came from elsewhere and isn't followed; see isForeignPin. */
  isForeign: boolean;
}

/** Warnings about a folder's pin. Reads only the database. */
export function pinWarnings(
  { pin, handSetKeyId, explicit, isForeign }: PinSurroundings,
  state: Pick<Ports['state'], 'profiles' | 'accounts' | 'identities' | 'activity'>,
): PinWarning[] {
  const said = `This folder is pinned to “${pin.profile}”`;
  const profile = state.profiles.get(pin.profile);
  const warnings: PinWarning[] = [];
  if (!profile) {
    const { id, became } = whatHappenedTo(pin.profile, state);
    warnings.push({ id: `${id}:${pin.path}:${pin.profile}`, text: `${said} (${pin.path}), ${became}` });
  }
  if (isForeign && !explicit) {
    warnings.push({
      id: `foreign:${pin.path}:${pin.profile}`,
      text: `${said} (${pin.path}), which has an ADMIN key, but not by you on this computer, so there is no key here. To accept the pin, run there: varvel pin ${pin.profile}`,
    });
    return warnings;
  }
  if (explicit && explicit !== pin.profile) {
    warnings.push({
      id: `explicit:${pin.path}:${explicit}`,
      text: `${said}, but ${explicit} overrides it.`,
    });
  }
  if (profile?.keyId && handSetKeyId !== null && handSetKeyId !== profile.keyId) {
    warnings.push({
      id: `key:${pin.path}:${handSetKeyId}`,
      text: `${said}, but FAL_KEY is set to key ${handSetKeyId} in this shell and overrides it. Unset FAL_KEY to follow the pin.`,
    });
  }
  const { account } = profile ?? {};
  // people without a sign-in, or whose accounts are not loaded, get no warning
  const signedIn = state.identities.all().filter((identity) => identity.signedIn);
  const reached = state.accounts.all();
  const isKnown =
    signedIn.length > 0 && signedIn.every((one) => reached.some(({ identityId }) => identityId === one.id));
  if (account && isKnown && !reached.some(({ id }) => id === account.id)) {
    warnings.push({
      id: `account:${pin.path}:${account.id}`,
      text: `${said}, but none of your sign-ins can act for its account ${account.nickname} any more.`,
    });
  }
  return warnings;
}

/** How many log entries are searched for a missing profile. */
const remembered = 10_000;

function whatHappenedTo(
  name: string,
  { profiles, activity }: Pick<Ports['state'], 'profiles' | 'activity'>,
): { id: string; became: string } {
  const log = activity.list({ since: null, keyId: null, limit: remembered });
  const entry = log.find(
    ({ kind, profile, detail }) =>
      (kind === 'profile_deleted' && profile === name) ||
      (kind === 'profile_renamed' && detail === `was ${name}`),
  );
  if (entry?.kind === 'profile_renamed' && entry.profile !== null && profiles.get(entry.profile)) {
    return {
      id: 'renamed',
      became: `which is now called “${entry.profile}”. Run: varvel pin ${entry.profile}`,
    };
  }
  if (entry) return { id: 'gone', became: 'which was deleted. Run: varvel pin PROFILE, or varvel unpin' };
  return { id: 'unknown', became: `but that profile doesn’t exist. Run: varvel profiles create ${name}` };
}
