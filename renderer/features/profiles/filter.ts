import type { ProfileView } from '../../../core/model/profile.ts';
import type { Searchable } from '../../components/overlays/match.ts';

/** How much of a note is searched. */
const noteLength = 300;

const texts = new WeakMap<ProfileView, string>();

/** The searchable text of a profile, cached per row. */
function searchText(profile: ProfileView): string {
  const known = texts.get(profile);
  if (known !== undefined) return known;
  const { name, account, scope, note } = profile;
  const text = [name, account?.nickname, scope, note?.slice(0, noteLength)]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
  texts.set(profile, text);
  return text;
}

/** The profiles that contain every word. */
export function filterProfiles(profiles: readonly ProfileView[], query: string): readonly ProfileView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return profiles;
  return profiles.filter((profile) => {
    const text = searchText(profile);
    return words.every((word) => text.includes(word));
  });
}

/** A profile as the switcher and the palette search it. @param more other words */
export const searchableProfile = ({ name, account, scope, note }: ProfileView, more = ''): Searchable => ({
  name,
  also: `${account?.nickname ?? ''} ${scope ?? ''} ${more} ${note?.slice(0, noteLength) ?? ''}`,
});
