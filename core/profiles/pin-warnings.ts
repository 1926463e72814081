import type { Ports } from '../ports.ts';
import type { Pin } from './pin.ts';

/** Something about a pin that a person should know, once per shell: `id` is the same for the same matter. */
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
}

/** What is wrong or surprising about the pin of a folder. Reads the database only. */
export function pinWarnings(
  { pin, handSetKeyId, explicit }: PinSurroundings,
  state: Pick<Ports['state'], 'profiles' | 'accounts' | 'identities' | 'activity'>,
): PinWarning[] {
  const said = `This folder is pinned to “${pin.profile}”`;
  const profile = state.profiles.get(pin.profile);
  const warnings: PinWarning[] = [];
  if (!profile) {
    const { id, became } = whatBecame(pin.profile, state);
    warnings.push({ id: `${id}:${pin.path}:${pin.profile}`, text: `${said} by ${pin.path}, ${became}` });
  }
  if (explicit && explicit !== pin.profile) {
    warnings.push({
      id: `explicit:${pin.path}:${explicit}`,
      text: `${said}, but ${explicit} was chosen and wins.`,
    });
  }
  if (profile?.keyId && handSetKeyId !== null && handSetKeyId !== profile.keyId) {
    warnings.push({
      id: `key:${pin.path}:${handSetKeyId}`,
      text: `${said}, but FAL_KEY is set to key ${handSetKeyId} in this shell and wins: unset FAL_KEY to follow the pin.`,
    });
  }
  const { account } = profile ?? {};
  // who works with keys alone has no identity, and nothing to miss; who has not asked for the accounts doesn't know
  const signedIn = state.identities.all().filter((identity) => identity.signedIn);
  const reached = state.accounts.all();
  const isKnown =
    signedIn.length > 0 && signedIn.every((one) => reached.some(({ identityId }) => identityId === one.id));
  if (account && isKnown && !reached.some(({ id }) => id === account.id)) {
    warnings.push({
      id: `account:${pin.path}:${account.id}`,
      text: `${said}, whose account ${account.nickname} none of your identities reaches any more.`,
    });
  }
  return warnings;
}

/** How far back the log is searched for what became of a profile. */
const remembered = 10_000;

function whatBecame(
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
    return { id: 'renamed', became: `which is called “${entry.profile}” now: varvel pin ${entry.profile}` };
  }
  if (entry) return { id: 'gone', became: 'which was deleted: varvel pin PROFILE, or varvel unpin.' };
  return { id: 'unknown', became: `and there is no such profile: varvel profiles create ${name}` };
}
