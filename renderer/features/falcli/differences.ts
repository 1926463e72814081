import type { FalcliRow } from '../../../core/model/machine/falcli.ts';

/** Which rows are shown. */
export type RowFilter = 'there' | 'differs' | 'all';

export const filterRows = (rows: FalcliRow[], shown: RowFilter): FalcliRow[] => {
  if (shown === 'all') return rows;
  return rows.filter(({ where, differs }) => (shown === 'there' ? where !== 'varvel' : differs.length > 0));
};

/** How a profile differs between the fal CLI and Varvel. */
export function describeDifference({ where, differs, host }: FalcliRow): string {
  if (where === 'fal') return 'Only in the fal CLI';
  if (where === 'varvel') return 'Only in Varvel';
  const key = differs.includes('key') ? 'another key' : '';
  const otherHost = differs.includes('host') ? (host === null ? 'no host' : `host ${host}`) : '';
  const account = differs.includes('account') ? 'another account' : '';
  const what = [key, otherHost, account].filter(Boolean).join(' and ');
  return what === '' ? 'Same in both' : `Has ${what} in the fal CLI`;
}
