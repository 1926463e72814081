import { VarvelError } from '../error.ts';
import { type KeyParts, withoutSecrets } from './key.ts';

/** A text of 92 characters or more in base64: as long as a key of fal's usual format is in it. */
const inBase64 = /[a-z0-9+/_-]{92,}/gi;

/** The half of a key that is secret, in fal's usual format, and nothing else. */
const secretHalf = /^[0-9a-f]{32}$/i;

function decoded(base64: string): string {
  // a length that no whole group has can’t be decoded
  const whole = base64.length % 4 === 1 ? base64.slice(0, -1) : base64;
  return atob(whole.replaceAll('-', '+').replaceAll('_', '/'));
}

/** Whether a key of fal's usual format is in a text, also in URL or base64 form, or the text is a key's secret half. */
export const holdsSecret = (text: string): boolean =>
  secretHalf.test(text.trim()) ||
  [text, ...(text.match(inBase64) ?? []).map(decoded)].some((plain) => withoutSecrets(plain) !== plain);

/**
 * Refuses a key where a name or a note belongs: those are shown everywhere, kept in the log and, as an alias, sent to fal.
 * @param field what is entered, as in “The alias contains …”
 * @throws VarvelError `invalid`; the message never repeats the text
 */
export function refuseSecret(text: string, field: string): void {
  if (holdsSecret(text)) throw misplaced(field);
}

/** How other services' keys and tokens begin. */
const otherTokens = /^(gh[opsu]_|github_pat_|glpat-|sk-|xox[abp]-|AKIA|hf_|npm_|Bearer\b|Basic\b)/;

/**
 * Refuses what has a colon and is surely another secret than a key of fal's: an address, a name with its password, another service's token. It
 * would be sent to fal, and its first half shown everywhere.
 * @throws VarvelError `invalid`; the message never repeats the text
 */
export function refuseOtherSecret({ id, secret }: KeyParts): void {
  const isAddress = secret.startsWith('//') || id.includes('@') || /\s/.test(id);
  if (isAddress || [id, secret.trimStart()].some((half) => otherTokens.test(half))) throw ofAnotherService();
}

const ofAnotherService = () =>
  new VarvelError(
    'invalid',
    'Not a fal key: it looks like an address or another service’s token.',
    'A key looks like KEY_ID:KEY_SECRET.',
  );

export const misplaced = (field: string): VarvelError =>
  new VarvelError(
    'invalid',
    `The ${field} contains a key’s secret.`,
    'Enter it without the key. If others may have seen it, revoke that key.',
  );
