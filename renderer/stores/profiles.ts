import type { Output } from '../../contract/methods.ts';
import type { Profile } from '../../contract/rows.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshot.ts';

export type ProfileList = Output<'profiles.list'>;

export const useProfiles = createSnapshot<ProfileList>(() => call('profiles.list', null));

export const withCurrent = (list: ProfileList, current: string | null): ProfileList => ({ ...list, current });

/** What was just changed, until the list is read again. */
export const withColor = (list: ProfileList, name: string, color: string): ProfileList => ({
  ...list,
  profiles: list.profiles.map((profile) => (profile.name === name ? { ...profile, color } : profile)),
});

const none: Profile[] = [];

/** The profiles as far as they are known. */
export const useProfileRows = (): Profile[] =>
  useProfiles(({ resource }) => (resource.state === 'ready' ? resource.value.profiles : none));

export const useProfile = (name: string | null): Profile | null =>
  useProfiles(({ resource }) =>
    name === null || resource.state !== 'ready'
      ? null
      : (resource.value.profiles.find((profile) => profile.name === name) ?? null),
  );

export const useCurrentName = (): string | null =>
  useProfiles(({ resource }) => (resource.state === 'ready' ? resource.value.current : null));
