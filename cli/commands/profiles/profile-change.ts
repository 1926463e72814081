import { VarvelError } from '../../../core/model/error.ts';
import { profileFields } from '../../../core/model/profile.ts';
import { didYouMean } from '../../../core/nearest.ts';
import type { ProfileChange } from '../../../core/profiles/profiles.ts';
import type { Varvel } from '../../../core/varvel.ts';

type Assignments = Partial<Record<(typeof profileFields)[number], string>>;

/** Reads `key=… host=…` words. @throws VarvelError `usage` */
export function parseAssignments(words: string[]): Assignments {
  const assignments: Assignments = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const field = profileFields.find((known) => known === name);
    if (equals < 0 || !field) {
      throw new VarvelError(
        'usage',
        `“${word.slice(0, 80)}” is not one of ${profileFields.map((known) => `${known}=…`).join(', ')}.`,
        didYouMean(name, profileFields, 'To remove a value, leave it empty: note='),
      );
    }
    assignments[field] = word.slice(equals + 1);
  }
  return assignments;
}

/** Looks up the named key and account. An empty text removes the field. */
export async function changeOf(
  varvel: Varvel,
  given: Assignments,
  signal: AbortSignal,
): Promise<ProfileChange> {
  const orNull = (text: string) => (text === '' ? null : text);
  return {
    ...(given.key !== undefined && {
      key: given.key === '' ? null : await varvel.keys.findHere(given.key, null, signal),
    }),
    ...(given.account !== undefined && {
      account: given.account === '' ? null : await varvel.accounts.find(given.account, signal),
    }),
    ...(given.host !== undefined && { host: orNull(given.host) }),
    ...(given.color !== undefined && { color: given.color }),
    ...(given.note !== undefined && { note: orNull(given.note) }),
  };
}
