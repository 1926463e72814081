import { type ProfileView, switchWarning } from '../../../core/model/profile.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { countOf } from '../../format/count.ts';
import { latestVerdict } from '../../stores/keys/tests.ts';
import { useProfiles, withCurrent, withStar } from '../../stores/profiles.ts';
import { shown } from '../../stores/snapshots/resource.ts';
import { dropToast, showProblem, showToast } from '../../stores/window/toasts.ts';
import { openOverlay, useView } from '../../stores/window/view.ts';

/** What is known against switching to a profile. */
export const warningFor = (profile: ProfileView): string | null =>
  switchWarning({ ...profile, verdict: latestVerdict(profile) });

/** Switches to a profile, or to none with null. Asks first when its key is missing or known not to work. */
export async function switchTo(name: string | null): Promise<void> {
  const list = shown(useProfiles.getState().resource);
  const profile = list?.profiles.find((each) => each.name === name);
  if (name !== null && name !== list?.current && profile && warningFor(profile) !== null)
    openOverlay({ kind: 'switch_anyway', name });
  else await switchAnyway(name);
}

let lastToast = 0;
let lastSwitch: Promise<unknown> = Promise.resolve();

/** Sends one switch after the other, so that the last one chosen stays. */
function sendSwitch(name: string | null): Promise<unknown> {
  const send = () => call('profiles.switch', { name });
  lastSwitch = lastSwitch.then(send, send);
  return lastSwitch;
}

/**
 * Switches without asking. Shows it at once, offers Undo, and reverts if the call fails.
 * @param done what else was done, in a sentence
 */
export async function switchAnyway(name: string | null, done = ''): Promise<void> {
  const { resource, showDuring } = useProfiles.getState();
  const before = shown(resource)?.current ?? null;
  if (before === name) return;
  try {
    await showDuring(
      (list) => withCurrent(list, name),
      () => sendSwitch(name),
    );
  } catch (error) {
    showProblem(problemOf(error));
    return;
  }
  dropToast(lastToast);
  lastToast = showToast({
    text: [done, `Now on ${name ?? 'no profile'}, was ${before ?? 'no profile'}.`].filter(Boolean).join(' '),
    action: { label: 'Undo', run: () => void switchAnyway(before) },
  });
}

/** Gives a profile a star, or takes it away. Shows it at once, and reverts if the call fails. */
export async function star(name: string, starred: boolean): Promise<void> {
  try {
    await useProfiles.getState().showDuring(
      (list) => withStar(list, name, starred),
      () => call('profiles.star', { name, starred }),
    );
  } catch (error) {
    showProblem(problemOf(error));
  }
}

/** Deletes profiles and offers undo. Their keys stay. @throws CallError */
export async function deleteProfiles(profiles: readonly ProfileView[]): Promise<void> {
  const starred = new Set(shown(useProfiles.getState().resource)?.starred);
  const deleted: ProfileView[] = [];
  let current: string | null = null;
  try {
    for (const profile of profiles) {
      const { wasCurrent } = await call('profiles.delete', { name: profile.name });
      deleted.push(profile);
      if (wasCurrent) current = profile.name;
      if (useView.getState().profile === profile.name) useView.setState({ profile: null });
    }
  } finally {
    // also when a later one failed
    if (deleted.length > 0) sayDeleted(deleted, current, starred);
  }
}

const namesOf = (profiles: readonly ProfileView[]): string =>
  profiles.length === 1 ? (profiles[0]?.name ?? '') : countOf(profiles.length, 'profile');

function sayDeleted(
  profiles: readonly ProfileView[],
  current: string | null,
  starred: ReadonlySet<string>,
): void {
  const which = profiles.length === 1 ? 'It' : current;
  showToast({
    text: `Deleted ${namesOf(profiles)}.`,
    hint: current === null ? '' : `${which} was the current profile. No key is active now.`,
    action: { label: 'Undo', run: () => void recreate(profiles, current, starred) },
  });
}

async function recreate(
  profiles: readonly ProfileView[],
  current: string | null,
  starred: ReadonlySet<string>,
): Promise<void> {
  try {
    for (const { name, account, keyId, host, color, note } of profiles) {
      const change = { host, color, note };
      const whose = keyId === null ? { keyId, accountId: account?.id ?? null } : { keyId };
      await call('profiles.create', { name, change: { ...change, ...whose } });
      if (starred.has(name)) await call('profiles.star', { name, starred: true });
    }
    if (current !== null) await call('profiles.switch', { name: current });
    const as =
      current === null ? '' : profiles.length === 1 ? ' as the current profile' : `, ${current} is current`;
    showToast({ tone: 'good', text: `Restored ${namesOf(profiles)}${as}.` });
  } catch (error) {
    showProblem(problemOf(error));
  }
}
