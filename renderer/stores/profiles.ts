import type { Output } from '../../contract/methods.ts';
import type { Profile } from '../../contract/rows.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshot.ts';

export type ProfileList = Output<'profiles.list'>;

export const useProfiles = createSnapshot<ProfileList>(() => call('profiles.list', null));

export const withCurrent = (list: ProfileList, current: string | null): ProfileList => ({ ...list, current });

export const currentOf = ({ current, profiles }: ProfileList): Profile | null =>
  profiles.find(({ name }) => name === current) ?? null;

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
