import { type ProfileView, switchWarning } from '../../../core/model/profile.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { useProfiles, withCurrent } from '../../stores/profiles.ts';
import { shown } from '../../stores/snapshots/resource.ts';
import { latestVerdict } from '../../stores/tests.ts';
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

/**
 * Switches without asking. Shows it at once, offers Undo, and reverts if the call fails.
 * @param done what else was done, in a sentence
 */
export async function switchAnyway(name: string | null, done = ''): Promise<void> {
  const store = useProfiles.getState();
  const before = shown(store.resource)?.current ?? null;
  if (before === name) return;
  store.put((list) => withCurrent(list, name));
  try {
    await call('profiles.switch', { name });
  } catch (error) {
    useProfiles.getState().put((list) => withCurrent(list, before));
    showProblem(problemOf(error));
    return;
  }
  dropToast(lastToast);
  lastToast = showToast({
    text: [done, `Now on ${name ?? 'no profile'}, was ${before ?? 'no profile'}.`].filter(Boolean).join(' '),
    action: { label: 'Undo', run: () => void switchAnyway(before) },
  });
}

/** Deletes a profile and offers undo. Its key stays. @throws CallError */
export async function deleteProfile(profile: ProfileView): Promise<void> {
  const { wasCurrent } = await call('profiles.delete', { name: profile.name });
  if (useView.getState().profile === profile.name) useView.setState({ profile: null });
  showToast({
    text: `Deleted ${profile.name}.`,
    hint: wasCurrent ? 'It was the current profile. No key is active now.' : '',
    action: { label: 'Undo', run: () => void recreate(profile, wasCurrent) },
  });
}

async function recreate(profile: ProfileView, wasCurrent: boolean): Promise<void> {
  const { name, account, keyId, host, color, note } = profile;
  try {
    const change = { keyId, accountId: account?.id ?? null, host, color, note };
    await call('profiles.create', { name, change: keyId === null ? change : { keyId, host, color, note } });
    if (wasCurrent) await call('profiles.switch', { name });
    showToast({ tone: 'good', text: `Restored ${name}${wasCurrent ? ' as the current profile' : ''}.` });
  } catch (error) {
    showProblem(problemOf(error));
  }
}
