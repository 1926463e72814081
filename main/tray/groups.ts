import type { TrayItem } from './item.ts';

/** A longer menu doesn't fit a screen. */
const maxItems = 30;

interface Named {
  name: string;
  item: TrayItem;
}

/** Splits a long sorted list into sub-menus named after their first and last item, nested as deep as needed. */
export function groupItems(named: readonly Named[]): TrayItem[] {
  if (named.length <= maxItems) return named.map(({ item }) => item);
  const size = Math.max(maxItems, Math.ceil(named.length / maxItems));
  const groups: Named[] = [];
  for (let start = 0; start < named.length; start += size) {
    const members = named.slice(start, start + size);
    const name = `${members[0]?.name} … ${members.at(-1)?.name}`;
    groups.push({ name, item: { kind: 'menu', label: name, items: groupItems(members) } });
  }
  return groupItems(groups);
}
