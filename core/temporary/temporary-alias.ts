/**
 * A temporary key's alias at fal: the name, its end in UTC, and eight random digits, as in
 * `train--varvel-until-20261127T023000Z-9f3a12cd`. Any Varvel of the account reads the end from it, and nobody names a key so.
 */
const form = /^(.+)--varvel-until-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{8}$/s;

/** fal takes 255 characters; the rest of the form needs 40. */
const longestName = 210;

/**
 * @param expiresAt milliseconds since 1970, in whole seconds
 * @param random eight hexadecimal digits
 */
export function temporaryAlias(name: string, expiresAt: number, random: string): string {
  const until = new Date(expiresAt).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${[...name].slice(0, longestName).join('')}--varvel-until-${until}-${random}`;
}

/** The name and the end in a temporary key's alias; null for any other alias. */
export function readTemporaryAlias(alias: string | null): { name: string; expiresAt: number } | null {
  const [, name, ...parts] = alias?.match(form) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (name === undefined) return null;
  const expiresAt = Date.UTC(year, month - 1, day, hour, minute, second);
  // a day or an hour that doesn't exist is not ours
  const isReal = alias !== null && temporaryAlias(name, expiresAt, alias.slice(-8)) === alias;
  return isReal ? { name, expiresAt } : null;
}

/** Eight hexadecimal digits. */
export const randomDigits = (): string =>
  [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
