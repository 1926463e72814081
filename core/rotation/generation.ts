import { holdsSecret } from '../model/fal/misplaced-secret.ts';

/** A rotated key's alias: the name, its generation, and four random digits. */
const form = /^(.*)-g(\d{1,6})-[0-9a-f]{4}$/s;

/** fal takes 255 characters; this leaves room for what follows the name. */
const longestName = 240;

/**
 * The alias of the key that replaces another one: the same name with the next generation. The random digits, drawn for
 * each attempt, make it one that no other key has, not even one of a copy of this home that goes on with the same
 * rotation: only by its alias can a key be found whose secret was lost between fal's answer and the vault.
 * @param random four hexadecimal digits
 */
export function nextAlias(given: string | null, oldKeyId: string, random: string): string {
  // a key that somebody pasted there once isn’t sent to fal again
  const alias = given !== null && holdsSecret(given) ? null : given;
  const [, name = alias ?? `key-${oldKeyId.slice(0, 8)}`, generation = '1'] = alias?.match(form) ?? [];
  const short = [...name].slice(0, longestName).join('');
  return `${short}-g${Number(generation) + 1}-${random}`;
}

/** The same alias with other digits, for another attempt. */
export const withDigits = (alias: string, random: string): string => alias.slice(0, -4) + random;

/** Four hexadecimal digits. */
export const randomDigits = (): string =>
  [...crypto.getRandomValues(new Uint8Array(2))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
