import { VarvelError } from '../../../core/model/error.ts';

const units: Record<string, number> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** Reads a size such as `500M` or `2G`. @returns bytes @throws VarvelError `invalid` */
export function parseSize(text: string): number {
  const [, amount, unit = ''] = text.match(/^(\d{1,9})([KMGT]?)(?:i?B)?$/i) ?? [];
  const factor = units[unit.toUpperCase()];
  if (amount !== undefined && factor !== undefined) return Number(amount) * factor;
  throw new VarvelError(
    'invalid',
    `“${text.slice(0, 40)}” is not a size.`,
    'Use a number and a unit, for example 500M or 2G.',
  );
}
