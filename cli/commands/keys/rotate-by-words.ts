import { VarvelError } from '../../../core/model/error.ts';
import type { RotateAfter, RotateBy } from '../../../core/model/fal/rotate-by.ts';

/** The value of a `rotate-by=…` word. @throws VarvelError `usage` for any other */
export function rotateAfterIn(word: string): string {
  const [, value] = word.match(/^rotate-by=(.*)$/s) ?? [];
  if (value !== undefined) return value;
  throw new VarvelError(
    'usage',
    `“${word.slice(0, 80)}” is not rotate-by=….`,
    'For example: rotate-by=90d, rotate-by=never, or rotate-by= to remove it.',
  );
}

export const rotateAfterWords = (after: RotateAfter | null): string => {
  if (after === null) return 'no reminder to rotate';
  return after === 'never'
    ? 'never to be rotated'
    : `to be rotated every ${after === 1 ? 'day' : `${after} days`}`;
};

export function rotateByWords({ own, account, general }: Omit<RotateBy, 'dueAt'>): string {
  if (own !== null) return rotateAfterWords(own);
  if (account !== null) return `${rotateAfterWords(account)} (its account’s policy)`;
  return general === null ? rotateAfterWords(null) : `${rotateAfterWords(general)} (the rule for all keys)`;
}
