import { VarvelError } from './error.ts';
import type { AccountName } from './fal/account.ts';
import type { Scope } from './fal/key.ts';
import { refuseSecret } from './fal/misplaced-secret.ts';
import type { Verdict } from './fal/verdict.ts';

/** A named setup: an account, one of its keys, and optionally a host, a colour and a note. */
export interface Profile {
  name: string;
  account: AccountName | null;
  keyId: string | null;
  /** fal's gRPC host for this profile, as the official CLI's profiles hold it; `null` is fal's own. */
  host: string | null;
  color: string;
  note: string | null;
}

/** A profile with what is known about its key. */
export interface ProfileView extends Profile {
  scope: Scope | null;
  verdict: Verdict | null;
}

/** Why a switch to a profile leaves tools without a working key, in a sentence; null when nothing is known against it. */
export function switchWarning({
  name,
  keyId,
  verdict,
}: Pick<ProfileView, 'name' | 'keyId' | 'verdict'>): string | null {
  if (keyId === null) return `${name} has no key.`;
  if (verdict?.kind === 'invalid') return `fal rejected the key of ${name} in its last test.`;
  if (verdict?.kind === 'locked') return `fal has locked the account of ${name}: ${verdict.message}`;
  return null;
}

/** The colours a profile's ring can have, by name; a `#rrggbb` is accepted too. */
export const profileColors = ['brass', 'green', 'blue', 'indigo', 'violet', 'red', 'teal', 'slate'] as const;

/** What a person can set of a profile. */
export const profileFields = ['key', 'account', 'host', 'color', 'note'] as const;

/** Names that the fal CLI reserves in its own file (`~/.fal/config.toml`). */
const reserved = ['__internal__'];

/**
 * Checks a profile's name: it works without quotes as a table's name in the fal CLI's file, and as a word in
 * every shell.
 * @throws VarvelError `invalid`
 */
export function checkProfileName(name: string): string {
  const hint = 'Use 1 to 64 letters, digits, dots, dashes and underscores. Start with a letter or digit.';
  const refuse = (message: string) => new VarvelError('invalid', message, hint);
  refuseSecret(name, 'name');
  if (name === '') throw refuse('Enter a name.');
  if (reserved.includes(name)) throw refuse(`“${name}” is reserved by the fal CLI.`);
  if (name.length > 64) throw refuse(`The name is too long: ${name.length} characters.`);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw refuse('The name has characters that can’t be used.');
  }
  return name;
}

/** @throws VarvelError `invalid` */
export function checkColor(color: string): string {
  refuseSecret(color, 'color');
  const known: readonly string[] = profileColors;
  if (known.includes(color) || /^#[0-9a-f]{6}$/i.test(color)) return color;
  throw new VarvelError(
    'invalid',
    `“${color.slice(0, 40)}” is not a valid color.`,
    `Use one of ${profileColors.join(', ')}, or #rrggbb.`,
  );
}

/** The fal CLI accepts a bare host name that starts with `api`. @throws VarvelError `invalid` */
export function checkHost(host: string): string {
  refuseSecret(host, 'host');
  if (/^api[a-z0-9.-]*(:\d{1,5})?$/i.test(host) && host.length <= 253) return host;
  throw new VarvelError(
    'invalid',
    `“${host.slice(0, 80)}” is not a host that fal’s tools accept.`,
    'Use a bare name that starts with `api`, for example api.alpha.fal.ai.',
  );
}

/** Whether a profile's host is one of fal's own. */
export const isFalHost = (host: string): boolean => /\.fal\.(ai|run|dev)(:443)?$/i.test(host);

/** @throws VarvelError `invalid` */
export function checkNote(note: string): string {
  refuseSecret(note, 'note');
  if ([...note].length <= 2000 && !note.includes('\0')) return note;
  throw new VarvelError('invalid', 'The note is too long.', 'Use up to 2000 characters.');
}

/** A new profile's colour. The same name always gets the same one. */
export function colorOf(name: string): string {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return profileColors[sum % profileColors.length] ?? 'brass';
}
