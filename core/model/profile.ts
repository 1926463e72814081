import type { AccountName } from './account.ts';
import { VarvelError } from './error.ts';
import type { Scope } from './key.ts';
import type { Verdict } from './verdict.ts';

/** A name for a working context: an account, one of its keys, optionally a host, a colour and a note. */
export interface Profile {
  name: string;
  account: AccountName | null;
  keyId: string | null;
  /** fal's gRPC host for this profile, as the official CLI's profiles hold it; `null` is fal's own. */
  host: string | null;
  color: string;
  note: string | null;
}

/** A profile with what is known of its key. */
export interface ProfileView extends Profile {
  scope: Scope | null;
  verdict: Verdict | null;
}

/** The colours a profile's ring can have, by name; a `#rrggbb` is accepted too. */
export const profileColors = ['brass', 'green', 'blue', 'indigo', 'violet', 'red', 'teal', 'slate'] as const;

/** The names that fal's own file keeps for itself (`~/.fal/config.toml`). */
const reserved = ['__internal__'];

/**
 * Checks a profile's name: what fal's CLI can hold as a table's name without quotes, and every shell as a
 * word without quoting.
 * @throws VarvelError `invalid`
 */
export function checkProfileName(name: string): string {
  const hint = 'Use 1 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit.';
  const refuse = (what: string) => new VarvelError('invalid', `A profile can't be named so: ${what}.`, hint);
  if (name === '') throw refuse('the name is empty');
  if (reserved.includes(name)) throw refuse(`${name} is kept by fal's own CLI`);
  if (name.length > 64) throw refuse(`the name has ${name.length} characters`);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw refuse('it holds characters that shells or fal’s CLI could not take');
  }
  return name;
}

/** @throws VarvelError `invalid` */
export function checkColor(color: string): string {
  const known: readonly string[] = profileColors;
  if (known.includes(color) || /^#[0-9a-f]{6}$/i.test(color)) return color;
  throw new VarvelError(
    'invalid',
    `There is no colour “${color.slice(0, 40)}”.`,
    `Use one of ${profileColors.join(', ')}, or #rrggbb.`,
  );
}

/** fal's CLI takes a bare host name that begins with `api`. @throws VarvelError `invalid` */
export function checkHost(host: string): string {
  if (/^api[a-z0-9.-]*(:\d{1,5})?$/i.test(host) && host.length <= 253) return host;
  throw new VarvelError(
    'invalid',
    `“${host.slice(0, 80)}” is no host that fal's tools accept.`,
    'A host is a bare name that begins with `api`, for example api.alpha.fal.ai.',
  );
}

/** @throws VarvelError `invalid` */
export function checkNote(note: string): string {
  if ([...note].length <= 2000 && !note.includes('\0')) return note;
  throw new VarvelError('invalid', 'The note is too long.', 'A note has up to 2000 characters.');
}

/** The colour a new profile gets: the same name always has the same one. */
export function colorOf(name: string): string {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return profileColors[sum % profileColors.length] ?? 'brass';
}
