import { createHash } from 'node:crypto';
import type { Person } from './people.ts';

/** What keys, billing and apps belong to. */
export interface FalAccount {
  readonly user_id: string;
  readonly nickname: string;
  readonly full_name: string;
  readonly kind: 'personal' | 'team' | 'organization';
  /** Ids of the people who can act for this account. */
  readonly members: readonly string[];
  /** ISO 8601. */
  readonly created_at: string;
  /** US dollars at the start. */
  readonly balance: number;
  /** The initial lock's reason, in fal's words; absent when the account isn't locked. */
  readonly lock?: string;
  /** Nickname of this team's organization. */
  readonly organization?: string;
}

/** fal's words for an account without credit (from refused model calls). */
export const exhaustedBalance = 'Exhausted balance. Top up your balance at fal.ai/dashboard/billing.';

/** fal's words for an account that its staff has locked, and for one that has to pay first (from refused model calls). */
export const adminLock = 'Admin lock. Please contact support@fal.ai';
export const topUp = 'TOP_UP.';

/** The reasons of limits that were reached. fal has such limits (spending controls); its words are not known. */
export const keyLimit = 'API key spending limit reached.';
export const memberLimit = 'Member spending limit reached.';
export const teamLimit = 'Team spending limit reached.';

/** The exact reason that makes the fal CLI hide an account (fal-ai/fal, August 2026). */
export const archived = 'This account has been archived. Please contact support@fal.ai.';

/** Every account, in no useful order: fal promises none, so clients must sort. */
export const accounts: readonly FalAccount[] = [
  {
    user_id: 'team-night-shift',
    nickname: 'night-shift',
    full_name: 'Night Shift',
    kind: 'team',
    members: ['ada'],
    created_at: '2025-03-02T21:40:00.000Z',
    balance: 63.75,
    organization: 'mews',
  },
  {
    user_id: 'org-mews',
    nickname: 'mews',
    full_name: 'The Mews',
    kind: 'organization',
    members: ['ada'],
    created_at: '2024-09-18T09:00:00.000Z',
    balance: 1250,
  },
  {
    user_id: 'user-ada',
    nickname: 'ada',
    full_name: 'Ada Lovelace',
    kind: 'personal',
    members: ['ada'],
    created_at: '2024-08-05T10:12:00.000Z',
    balance: 24.5,
  },
  {
    user_id: 'team-falconers',
    nickname: 'falconers',
    full_name: 'The Falconers',
    kind: 'team',
    members: ['ada', 'ada-sso'],
    created_at: '2024-11-11T08:30:00.000Z',
    balance: 412.08,
    organization: 'mews',
  },
  {
    user_id: 'user-ada-example',
    nickname: 'ada-example',
    full_name: 'Ada Lovelace (Example)',
    kind: 'personal',
    members: ['ada-sso'],
    created_at: '2025-01-20T14:05:00.000Z',
    balance: 10,
  },
  {
    user_id: 'team-old-perch',
    nickname: 'old-perch',
    full_name: 'The Old Perch',
    kind: 'team',
    members: ['grace'],
    created_at: '2024-02-29T12:00:00.000Z',
    balance: 0,
    lock: archived,
  },
  {
    user_id: 'user-grace',
    nickname: 'grace',
    full_name: 'Grace Hopper',
    kind: 'personal',
    members: ['grace'],
    created_at: '2024-06-09T16:45:00.000Z',
    balance: 0,
    lock: exhaustedBalance,
  },
];

/** The account with this user_id, or undefined. */
export const accountById = (userId: string): FalAccount | undefined =>
  accounts.find((account) => account.user_id === userId);

/** The account with this user_id or, ignoring case, this nickname. */
export const findAccount = (name: string): FalAccount | undefined =>
  accountById(name) ?? accounts.find((account) => account.nickname === name.toLowerCase());

/** The accounts a person can act for. */
export const accountsOfPerson = (person: Person): readonly FalAccount[] =>
  accounts.filter((account) => account.members.includes(person.id));

/**
 * The account a person acts for by default: their personal one.
 * @throws Error for a person without a personal account, which would be a mistake in this table.
 */
export const personalAccount = (person: Person): FalAccount => {
  const account = accountsOfPerson(person).find(({ kind }) => kind === 'personal');
  if (!account) throw new Error(`${person.id} has no personal account`);
  return account;
};

/** A key that exists when the sandbox starts. Its id never changes; its secret is new in each fresh state. */
export interface SeedKey {
  readonly key_id: string;
  readonly alias: string;
  readonly scope: 'API' | 'ADMIN';
  readonly account: FalAccount;
  /** Its age at the sandbox's first start, in days. */
  readonly age: number;
}

const seedId = (text: string): string => {
  const hex = createHash('sha256').update(`varvel sandbox key ${text}`).digest('hex');
  const part = (from: number, length: number): string => hex.slice(from, from + length);
  return `${part(0, 8)}-${part(8, 4)}-4${part(13, 3)}-a${part(17, 3)}-${part(20, 12)}`;
};

const seedKey = (account: FalAccount, alias: string, scope: 'API' | 'ADMIN', age: number): SeedKey => ({
  key_id: seedId(`${account.user_id} ${alias}`),
  alias,
  scope,
  account,
  age,
});

/** Two API keys and an ADMIN key for each unlocked account, and one API key for grace's locked account. */
export const seedKeys: readonly SeedKey[] = accounts.flatMap((account) => {
  if (account.lock === undefined)
    return [
      seedKey(account, 'build-bots', 'API', 61),
      seedKey(account, 'notebook', 'API', 38),
      seedKey(account, 'deploy', 'ADMIN', 47),
    ];
  return account.kind === 'personal' ? [seedKey(account, 'compiler', 'API', 52)] : [];
});
