import { VarvelError } from '../error.ts';
import type { AccountName } from './account.ts';

/** API: call models. ADMIN: also deploy, and manage apps and keys. */
export const scopes = ['API', 'ADMIN'] as const;
export type Scope = (typeof scopes)[number];

export const isScope = (text: string): text is Scope => text === 'API' || text === 'ADMIN';

/** A key whose secret is in the vault. The secret itself is never part of a record. */
export interface StoredKey {
  /** The half before the colon; not secret. */
  id: string;
  alias: string | null;
  /** `null` until a test or a list shows it. */
  scope: Scope | null;
  account: AccountName | null;
  /** When fal created it, in ms since 1970; `null` when unknown. */
  createdAt: number | null;
}

/** A key as fal lists it, without its secret: fal shows that only once. */
export interface RemoteKey {
  id: string;
  alias: string | null;
  scope: Scope;
  account: AccountName;
  createdAt: number | null;
}

/** The two halves of a key. Handle with care: this type holds a secret. */
export interface KeyParts {
  id: string;
  secret: string;
}

export const joinKey = ({ id, secret }: KeyParts): string => `${id}:${secret}`;

/**
 * Reads a key from a person or a file: trimmed, split at the first colon (as fal's clients do).
 * @throws VarvelError `invalid`; the message never repeats the input
 */
export function parseKey(text: string): KeyParts {
  const invalid = (what: string) =>
    new VarvelError('invalid', `Not a fal key: ${what}.`, 'A key looks like KEY_ID:KEY_SECRET.');
  const key = text.trim();
  if (key === '') throw invalid('it is empty');
  if (/[^\x20-\x7e]/.test(key)) {
    throw invalid('it has line breaks, control characters or non-ASCII characters');
  }
  const colon = key.indexOf(':');
  if (colon < 0) throw invalid('it has no colon');
  const id = key.slice(0, colon);
  const secret = key.slice(colon + 1);
  if (id.trim() === '') throw invalid('nothing comes before the first colon');
  if (secret.trim() === '') throw invalid('nothing comes after the first colon');
  return { id, secret };
}

const usualId = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const usualSecret = '[0-9a-f]{32}';
const usualKey = new RegExp(`^${usualId}:${usualSecret}$`, 'i');
const usualKeys = new RegExp(`(${usualId})(?::|%3a)${usualSecret}`, 'gi');
const aloneKeys = new RegExp(`(?<![0-9a-z-])${usualId}:${usualSecret}(?![0-9a-z])`, 'gi');

/**
 * The key in a pasted text: the only one of fal's usual format in it, whatever stands around it (JSON, a whole file); else the text
 * without what a line of an env file, the header of a call and quotes put around a key.
 */
export function pastedKey(text: string): string {
  const found = new Set(text.match(aloneKeys));
  const [only] = found;
  if (only !== undefined && found.size === 1) return only;
  // the last one counts, as for who reads an env file
  const assigned = [...text.matchAll(/^[^\S\n]*(?:export[^\S\n]+)?FAL_KEY[^\S\n]*=[^\S\n]*(.*)$/gim)].at(
    -1,
  )?.[1];
  const value =
    assigned?.replace(/^([^"'].*?)\s+#.*$/, '$1') ??
    text.trim().replace(/^(?:Authorization:\s*)?Key\s+/i, '');
  return value.trim().replace(/^(["'])(.*)\1(?:\s+#.*)?$/s, '$2');
}

/** True for a key in fal's usual format: a UUID and 32 hexadecimal digits. */
export const looksUsual = (parts: KeyParts): boolean => usualKey.test(joinKey(parts));

/**
 * How many characters a text has that may be a key, but is not of fal's usual format: rather another password, of which only that may
 * be told. Null for a usual key, also for one whose halves are swapped.
 * @throws VarvelError `invalid` for what can't be a key
 */
export function lengthOfUnusual(text: string): number | null {
  const pasted = pastedKey(text);
  const parts = parseKey(pasted);
  return looksUsual(parts) || isSwapped(parts) ? null : pasted.length;
}

/**
 * A text without the secrets of the keys in it, of fal's usual format, also in URL form: for what people may have put in the wrong
 * place.
 */
export const withoutSecrets = (text: string): string => text.replaceAll(usualKeys, '$1:…');

/** The id of a key that somebody wrote, as it may be shown: the halves may be swapped, or the id be a whole key. */
export const shownId = (parts: KeyParts): string =>
  isSwapped(parts) ? '…' : parts.id.replace(/:.*$/s, ':…');

/** Whether the secret stands where the id should: it would be shown everywhere. */
export const isSwapped = ({ id, secret }: KeyParts): boolean => looksUsual({ id: secret, secret: id });
