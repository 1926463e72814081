import type { Output } from '../../contract/methods.ts';
import type { ProfileView } from '../../core/model/profile.ts';
import { call } from '../bridge.ts';
import { shown } from './snapshots/resource.ts';
import { createSnapshot } from './snapshots/snapshot.ts';
import { useStart } from './window/start.ts';

type Profiles = Output<'profiles.list'>;

/** More rows than fit a window. */
const firstRows = 100;

/** Shows the first rows before it reads thousands more. */
export const useProfiles = createSnapshot<Profiles>(async (begin) => {
  if (useProfiles.getState().resource.state === 'loading') {
    const first = await call('profiles.list', { first: firstRows });
    if (first.profiles.length === first.total) return first;
    begin(first);
    // the window shows nothing until the start has loaded
    await useStart.getState().settled();
    await nextPaint();
  }
  return call('profiles.list', { first: null });
});

/** Waits for the next paint, but not long: a hidden window doesn't paint. */
const nextPaint = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 250);
  });

export const withCurrent = (list: Profiles, current: string | null): Profiles => ({
  ...list,
  current,
  recent: current === null ? list.recent : [current, ...list.recent.filter((name) => name !== current)],
});

/** The current profile, then those used last, then the others by name. */
export function byRecency({ current, recent, profiles }: Profiles): ProfileView[] {
  const known = new Map(profiles.map((profile) => [profile.name, profile]));
  const first = new Set([...(current === null ? [] : [current]), ...recent]);
  const used = [...first].flatMap((name) => known.get(name) ?? []);
  return [...used, ...profiles.filter(({ name }) => !first.has(name))];
}

export const withStar = (list: Profiles, name: string, starred: boolean): Profiles => ({
  ...list,
  starred: [...list.starred.filter((each) => each !== name), ...(starred ? [name] : [])],
});

/** Applies a change before the list is read again. */
export const withColor = (list: Profiles, name: string, color: string): Profiles => ({
  ...list,
  profiles: list.profiles.map((profile) => (profile.name === name ? { ...profile, color } : profile)),
});

const none: ProfileView[] = [];

/** All profiles. Empty while they load. */
export const useProfileRows = (): ProfileView[] =>
  useProfiles(({ resource }) => (resource.state === 'ready' ? resource.value.profiles : none));

export const useProfile = (name: string | null): ProfileView | null =>
  useProfiles(({ resource }) =>
    name === null ? null : (shown(resource)?.profiles.find((profile) => profile.name === name) ?? null),
  );

export const useIsStarred = (name: string): boolean =>
  useProfiles(({ resource }) => shown(resource)?.starred.includes(name) ?? false);

export const useCurrentName = (): string | null =>
  useProfiles(({ resource }) => shown(resource)?.current ?? null);
