import type { ProfileView } from '../../../core/model/profile.ts';
import type { ProfileArrangement, ProfileShow } from '../../stores/window/view.ts';

/** A line of the list: a profile, or the account that the next ones belong to. */
export type ProfileLine =
  | { kind: 'profile'; id: string; profile: ProfileView }
  | { kind: 'heading'; id: string; name: string; count: number };

export interface Knowledge {
  /** The profiles switched to last, the latest first. */
  recent: readonly string[];
  current: string | null;
  starred: ReadonlySet<string>;
  /** Whether a file or a folder uses a profile. */
  isPlaced: (name: string) => boolean;
}

export const isFailingProfile = ({ verdict }: Pick<ProfileView, 'verdict'>): boolean =>
  verdict !== null && verdict.kind !== 'valid';

const shows: Record<ProfileShow, (profile: ProfileView, knowledge: Knowledge) => boolean> = {
  all: () => true,
  starred: ({ name }, { starred }) => starred.has(name),
  failing: isFailingProfile,
  ADMIN: ({ scope }) => scope === 'ADMIN',
  no_key: ({ keyId }) => keyId === null,
  unused: ({ name }, { current, recent, isPlaced }) =>
    name !== current && !recent.includes(name) && !isPlaced(name),
};

/** Filters, sorts and groups profiles, which come by name. Those with a star come first. */
export function arrangeProfiles(
  profiles: readonly ProfileView[],
  { show, sort, grouped }: ProfileArrangement,
  knowledge: Knowledge,
): ProfileLine[] {
  const shown = show === 'all' ? profiles : profiles.filter((profile) => shows[show](profile, knowledge));
  const rank = rankBy(sort, knowledge);
  const byRank = rank ? shown.toSorted((a, b) => rank(a) - rank(b)) : shown;
  const { starred } = knowledge;
  const later = ({ name }: ProfileView): number => (starred.has(name) ? 0 : 1);
  const sorted = starred.size > 0 ? byRank.toSorted((a, b) => later(a) - later(b)) : byRank;
  if (!grouped) return sorted.map(lineOf);
  const groups = Map.groupBy(sorted, ({ account }) => account?.nickname ?? '');
  return [...groups]
    .toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)))
    .flatMap(([nickname, members]) => [
      { kind: 'heading', id: `account ${nickname}`, name: nickname || 'No account', count: members.length },
      ...members.map(lineOf),
    ]);
}

const lineOf = (profile: ProfileView): ProfileLine => ({ kind: 'profile', id: profile.name, profile });

/** Smaller ranks come first. Null keeps the order by name. */
function rankBy(sort: ProfileArrangement['sort'], { recent, current }: Knowledge) {
  if (sort === 'name') return null;
  if (sort === 'failing')
    return (profile: ProfileView) => (isFailingProfile(profile) ? 0 : profile.keyId === null ? 1 : 2);
  const places = new Map(recent.map((name, index) => [name, index]));
  return ({ name }: ProfileView) => (name === current ? -1 : (places.get(name) ?? recent.length));
}
