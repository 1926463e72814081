import type { Account } from '../../core/model/account.ts';
import type { Identity } from '../../core/model/identity.ts';
import type { Verdict } from '../../core/model/verdict.ts';

/** fal's words, as the window says them. */

export const accountKindWord: Record<Account['kind'], string> = {
  personal: 'Personal',
  team: 'Team',
  organization: 'Organization',
};

export const scopeMeaning = {
  API: 'call models',
  ADMIN: 'everything: models, deploy, apps, keys',
} as const;

export const verdictTitle: Record<Verdict['kind'], string> = {
  valid: 'Valid',
  invalid: 'Invalid',
  locked: 'Locked',
  forbidden: 'Forbidden',
  rate_limited: 'Rate limited',
  server_error: 'Server error',
  unreachable: 'Unreachable',
};

export function connectionWord(connection: string | null): string {
  if (connection === 'github') return 'GitHub';
  if (connection === 'google') return 'Google';
  return connection === null ? 'the browser' : `SSO, ${connection}`;
}

export const identityName = ({ name, email }: Pick<Identity, 'name' | 'email'>): string => name || email;

export const environmentWord = (name: string): string => (name === 'sandbox' ? 'sandbox' : name);

/** A key's name as a person knows it: its alias, or the beginning of its id. */
export const keyName = ({ alias, id }: { alias: string | null; id: string }): string => alias ?? shortId(id);

export const shortId = (id: string): string => (id.length > 12 ? `${id.slice(0, 8)}…` : id);
