import type { FalcliRow } from '../../../core/model/falcli.ts';

/** Which of the rows are shown. */
export type Shown = 'there' | 'differs' | 'all';

export const rowsOf = (rows: FalcliRow[], shown: Shown): FalcliRow[] => {
  if (shown === 'all') return rows;
  return rows.filter(({ where, differs }) => (shown === 'there' ? where !== 'varvel' : differs.length > 0));
};

/** How the two sides of a row stand to each other, in a few words. */
export function comparison({ where, differs, host }: FalcliRow): string {
  if (where === 'fal') return 'Only in fal’s CLI';
  if (where === 'varvel') return 'Only here';
  const key = differs.includes('key') ? 'another key' : '';
  const otherHost = differs.includes('host') ? (host === null ? 'no host' : `host ${host}`) : '';
  const what = [key, otherHost].filter(Boolean).join(' and ');
  return what === '' ? 'The same on both sides' : `Has ${what} there`;
}
