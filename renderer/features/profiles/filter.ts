import type { ProfileView } from '../../../core/model/profile.ts';

/** A note is searched as far as this. */
const noteLength = 300;

const texts = new WeakMap<ProfileView, string>();

/** What a filter looks at, in lower case; made once for each row. */
function textOf(profile: ProfileView): string {
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

/** The profiles in which every word occurs. */
export function filterProfiles(profiles: readonly ProfileView[], query: string): readonly ProfileView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return profiles;
  return profiles.filter((profile) => {
    const text = textOf(profile);
    return words.every((word) => text.includes(word));
  });
}

/** For the switcher: names that begin with what was typed, then the others, as many as fit a list. */
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
