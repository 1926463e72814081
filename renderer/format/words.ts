import type { Account, Identity, Verdict } from '../../contract/rows.ts';

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

/** What to do next, in this window; the CLI has its own words for it. */
export const verdictNext: Record<Verdict['kind'], string> = {
  valid: '',
  invalid: 'The key was revoked or mistyped. Create a new one and point the profile at it.',
  locked: 'Top up the account’s balance at fal, or write to support@fal.ai as the reason says.',
  forbidden: 'The key works but may not do this. Use another key, or one of another scope.',
  rate_limited: 'Wait a minute, then test again.',
  server_error: 'A fault on fal’s side. Test again in a while.',
  unreachable: 'Check the network, a proxy or a firewall; with the sandbox, that it still runs.',
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
