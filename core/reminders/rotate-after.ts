import { VarvelError } from '../model/error.ts';
import { longestRotateAfterDays, type RotateAfter } from '../model/fal/rotate-by.ts';

/**
 * Reads after how long to rotate a key: `90d`, `12w` or `never`; an empty text is no rule.
 * @throws VarvelError `invalid`
 */
export function parseRotateAfter(text: string): RotateAfter | null {
  if (text === '') return null;
  if (text === 'never') return 'never';
  const [, count, unit] = text.match(/^(\d{1,4})([dw])$/) ?? [];
  const days = Number(count) * (unit === 'w' ? 7 : 1);
  if (days >= 1 && days <= longestRotateAfterDays) return days;
  throw new VarvelError(
    'invalid',
    `“${text.slice(0, 40)}” is not a time for rotate-by.`,
    'Use 1d to 3650d, weeks such as 12w, or never. Empty removes it: rotate-by=',
  );
}

/** As it is read. */
export const rotateAfterText = (after: RotateAfter): string => (after === 'never' ? after : `${after}d`);
