export const accountKinds = ['personal', 'team', 'organization'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** What keys, billing and apps belong to, as seen by one identity. */
export interface Account {
  /** fal's `user_id`. */
  id: string;
  nickname: string;
  name: string;
  kind: AccountKind;
  /** fal's own words when the account is locked. */
  lockReason: string | null;
  /** The identity that can act for it. An account is listed once for each identity. */
  identityId: string;
}

/** What is known of an account from a key alone, without an identity. */
export interface AccountName {
  id: string;
  nickname: string;
}

const rank: Record<AccountKind, number> = { personal: 0, organization: 1, team: 1 };

/** Personal first, then by nickname: fal's own order. */
export const byFalOrder = (a: Account, b: Account): number =>
  rank[a.kind] - rank[b.kind] || a.nickname.localeCompare(b.nickname, 'en', { sensitivity: 'base' });
