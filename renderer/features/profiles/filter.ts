import type { ProfileView } from '../../../core/model/profile.ts';

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

/** The best matches for the switcher: names that start with the query come first. */
export function bestMatches(
  profiles: readonly ProfileView[],
  query: string,
  most: number,
): readonly ProfileView[] {
  const typed = query.trim().toLowerCase();
  const found = filterProfiles(profiles, query);
  if (typed === '') return found.slice(0, most);
  const rank = ({ name }: ProfileView): number => {
    const lower = name.toLowerCase();
    if (lower === typed) return 0;
    if (lower.startsWith(typed)) return 1;
    return lower.includes(typed) ? 2 : 3;
  };
  const ranked: ProfileView[][] = [[], [], [], []];
  for (const profile of found) ranked[rank(profile)]?.push(profile);
  return ranked.flat().slice(0, most);
}
