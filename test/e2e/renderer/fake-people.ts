import type { Account, Identity, Key, Profile, Verdict } from '../../../contract/rows.ts';

/** People, accounts and keys like the sandbox's. */

const day = 24 * 60 * 60 * 1000;

export const exhausted = 'Exhausted balance. Top up your balance at fal.ai/dashboard/billing.';

export interface Person extends Omit<Identity, 'signedIn' | 'signedInAt' | 'connection'> {
  connections: string[];
}

export const people: Person[] = [
  { id: 'sandbox|ada', name: 'Ada Lovelace', email: 'ada@example.com', connections: ['github', 'google'] },
  { id: 'sandbox|ada-sso', name: 'Ada Lovelace', email: 'ada@example.com', connections: ['example.com'] },
  {
    id: 'sandbox|grace',
    name: 'Grace Hopper',
    email: 'grace@example.org',
    connections: ['grace.example.org'],
  },
];

const account = (
  id: string,
  nickname: string,
  name: string,
  kind: Account['kind'],
  members: string[],
  balance: number,
  lockReason: string | null = null,
) => ({ id, nickname, name, kind, members, balance, lockReason });

export const accounts = [
  account('user-ada', 'ada', 'Ada Lovelace', 'personal', ['sandbox|ada'], 24.5),
  account('team-falconers', 'falconers', 'The Falconers', 'team', ['sandbox|ada', 'sandbox|ada-sso'], 412.08),
  account('org-mews', 'mews', 'The Mews', 'organization', ['sandbox|ada'], 1250),
  account('team-night-shift', 'night-shift', 'Night Shift', 'team', ['sandbox|ada'], 63.75),
  account('user-ada-example', 'ada-example', 'Ada Lovelace (Example)', 'personal', ['sandbox|ada-sso'], 10),
  account('user-grace', 'grace', 'Grace Hopper', 'personal', ['sandbox|grace'], 0, exhausted),
];

export type FakeAccount = (typeof accounts)[number];

export const keyId = (index: number): string =>
  `${(0x3f9c1a2b + index * 7919).toString(16).padStart(8, '0')}-4c1d-4e8a-a${(index % 4096).toString(16).padStart(3, '0')}-${(index * 104729).toString(16).padStart(12, '0')}`;

/** What a search of recorded traffic looks for. */
export const canary = 'c0ffee5ec2e7c0ffee5ec2e7c0ffee5e';

export interface FakeKey extends Omit<Key, 'stored' | 'remote' | 'profiles' | 'verdict'> {
  stored: boolean;
  atFal: boolean;
  verdict: Verdict | null;
}

/** Each unlocked account has three keys at fal, and grace one; none of them is stored here. */
export function seedKeys(now: number): FakeKey[] {
  let index = 0;
  const make = (of: FakeAccount, alias: string, scope: 'API' | 'ADMIN', age: number): FakeKey => ({
    id: keyId(index++),
    alias,
    scope,
    account: { id: of.id, nickname: of.nickname },
    createdAt: now - age * day,
    stored: false,
    atFal: true,
    verdict: null,
  });
  return accounts.flatMap((of) =>
    of.lockReason === null
      ? [make(of, 'build-bots', 'API', 61), make(of, 'notebook', 'API', 38), make(of, 'deploy', 'ADMIN', 47)]
      : [make(of, 'compiler', 'API', 52)],
  );
}

type Draft = [name: string, keyIndex: number | null, color: string, note: string | null];

export const drafts: Draft[] = [
  ['staging', 3, 'green', 'For the shop’s staging site'],
  ['production', 5, 'brass', 'Deploys only from CI. Ask Grace before you rotate it.'],
  ['personal', 1, 'indigo', null],
  ['client-kestrel', 15, 'red', 'Their invoice, their key'],
  ['night-shift', 9, 'teal', 'Batch jobs after 22:00'],
  ['mews-admin', 8, 'violet', null],
  ['sketchbook', null, 'slate', 'No key yet'],
];

export const asProfile = (
  [name, index, color, note]: Draft,
  keys: FakeKey[],
): Omit<Profile, 'scope' | 'verdict'> => {
  const key = index === null ? undefined : keys[index];
  return { name, account: key?.account ?? null, keyId: key?.id ?? null, host: null, color, note };
};

const markup =
  '<img src=x onerror="alert(1)"><b>bold</b> & "quotes" <script>alert(2)</script> \u202Eesrever ';

/** Thousands of profiles, with names of 64 characters and notes full of markup. */
export function manyProfiles(count: number, keys: FakeKey[]): Omit<Profile, 'scope' | 'verdict'>[] {
  const colors = ['brass', 'green', 'blue', 'indigo', 'violet', 'red', 'teal', 'slate'];
  return Array.from({ length: count }, (_, index) => {
    const key = keys[index % keys.length];
    return {
      name: `p${String(index).padStart(5, '0')}-${'abcdefghij-klmnopqrst.uvwxyz_0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(0, 57)}`,
      account: key?.account ?? null,
      keyId: key?.id ?? null,
      host: null,
      color: colors[index % colors.length] ?? 'brass',
      note: markup.repeat(3),
    };
  });
}
