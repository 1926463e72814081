import type { Account } from '../../core/model/fal/account.ts';
import type { Identity } from '../../core/model/fal/identity.ts';
import type { Verdict } from '../../core/model/fal/verdict.ts';

/** How the window names fal's things. */

export const accountKindLabel: Record<Account['kind'], string> = {
  personal: 'Personal',
  team: 'Team',
  organization: 'Organization',
};

export const scopeMeaning = {
  API: 'Call models',
  ADMIN: 'Full access: models, deploys, apps and keys',
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

export const identityName = ({ name, email }: Pick<Identity, 'name' | 'email'>): string => name || email;

/** A key's alias, or the beginning of its id. */
export const keyName = ({ alias, id }: { alias: string | null; id: string }): string => alias ?? shortId(id);

/** A text with every whole key id shortened. A full stop after one at the end is left out. */
export const shortIds = (text: string): string =>
  text.replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b(\.$)?/gi, (id) =>
    shortId(id),
  );

export const shortId = (id: string): string => (id.length > 12 ? `${id.slice(0, 8)}…` : id);
