import type { TrayItem } from './item.ts';

/** More than a person can see at once is no menu any more. */
const most = 30;

interface Named {
  name: string;
  item: TrayItem;
}

/** Sorted items as they are when they are few, else in sub-menus named after their first and last, as deep as it takes. */
export function inGroups(named: readonly Named[]): TrayItem[] {
  if (named.length <= most) return named.map(({ item }) => item);
  const size = Math.max(most, Math.ceil(named.length / most));
  const groups: Named[] = [];
  for (let start = 0; start < named.length; start += size) {
    const members = named.slice(start, start + size);
    const name = `${members[0]?.name} … ${members.at(-1)?.name}`;
    groups.push({ name, item: { kind: 'menu', label: name, items: inGroups(members) } });
  }
  return inGroups(groups);
}
