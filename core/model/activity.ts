import type { Actor } from './face.ts';

/** What the log records. */
export const activityKinds = [
  'signed_in',
  'signed_out',
  'key_created',
  'key_added',
  'key_renamed',
  'key_forgotten',
  'key_revoked',
  'key_revealed',
  'key_tested',
  'key_recovered',
  'rotation_started',
  'rotation_switched',
  'rotation_finished',
  'rotation_aborted',
  'copies_removed',
  'copies_restored',
  'profile_created',
  'profile_renamed',
  'profile_changed',
  'profile_deleted',
  'switched',
  'exported',
  'backed_up',
  'restored',
  'ran',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** One line of the local log: what was done with which key, by whom. Never a secret. */
export interface ActivityEntry {
  /** Milliseconds since 1970. */
  at: number;
  kind: ActivityKind;
  identityId: string | null;
  /** The account's nickname. */
  account: string | null;
  keyId: string | null;
  profile: string | null;
  /** A few words more, for people. */
  detail: string;
  /** Null in entries of before Varvel recorded it. */
  actor: Actor | null;
}

/** What a look at the log's hash chain found, in lines. */
export interface LogCheck {
  /** Lines in the chain. */
  sealed: number;
  /** Lines that are not in it yet: the next change takes them in. */
  unsealed: number;
  /** Lines that another program has changed. */
  changed: number;
  /** Lines that another program has removed. */
  removed: number;
}
