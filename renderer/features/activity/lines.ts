import type { ActivityEntry } from '../../../core/model/activity.ts';
import { dayName } from '../../format/age.ts';
import { type ActivityGroup, activityDisplay, actorText, groupOf } from './activity-words.ts';

/** A line of the log: an entry, or the heading of a day. */
export type Line =
  | { kind: 'day'; id: string; name: string }
  | { kind: 'entry'; id: string; entry: ActivityEntry };

export function filterActivity(
  entries: readonly ActivityEntry[],
  query: string,
  group: ActivityGroup,
): ActivityEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (group !== 'all' && groupOf(entry.kind) !== group) return false;
    if (words.length === 0) return true;
    const { account, keyId, profile, detail, identityId, actor } = entry;
    const text = [
      activityDisplay(entry.kind).label,
      account,
      keyId,
      profile,
      detail,
      identityId,
      actorText(actor),
    ]
      .filter(Boolean)
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function activityLines(entries: readonly ActivityEntry[], now: number): Line[] {
  const lines: Line[] = [];
  let day = '';
  for (const [index, entry] of entries.entries()) {
    const name = dayName(entry.at, now);
    if (name !== day) lines.push({ kind: 'day', id: `day ${name}`, name });
    day = name;
    lines.push({ kind: 'entry', id: `${entry.at} ${index}`, entry });
  }
  return lines;
}
