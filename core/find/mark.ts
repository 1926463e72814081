import type { Match } from './scanner.ts';

/** What stands in place of a secret that was removed: a word in every syntax, quoted or not. */
export const mark = 'removed_by_varvel';

/** The same for base64, which stays base64 of the same length. */
const base64Mark = 'RemovedByVarvel';

/** What to put in place of a match's secret half. @param secret as it stands there, one character per byte */
export function markFor({ form }: Pick<Match, 'form'>, secret: string): string {
  // like the match, without the last byte of the pair
  if (form === 'utf16') return mark.split('').join('\0');
  if (form !== 'base64') return mark;
  let place = 0;
  // a wrapped line keeps its break
  return secret.replace(/\\[nr]|\s|./g, (each) => {
    if (!/^[\w+/-]$/.test(each)) return each;
    place += 1;
    return base64Mark[(place - 1) % base64Mark.length] ?? each;
  });
}
