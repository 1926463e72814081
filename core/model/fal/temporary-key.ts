import type { AccountName } from './account.ts';
import type { Scope } from './key.ts';

/** A key that was made for a time or for one program, and that some Varvel revokes afterwards. */
export interface TemporaryKey {
  /** Its alias at fal, which holds its end. No other key has it, so a key that was lost in a crash is found by it. */
  alias: string;
  /** Null until fal has answered. */
  keyId: string | null;
  scope: Scope;
  account: AccountName;
  /** Milliseconds since 1970, as all times here. */
  createdAt: number;
  expiresAt: number;
  /** It was made for a program, whose end ends it. */
  held: boolean;
  /** That program has ended: it is revoked before its time. */
  ended: boolean;
  /** Why it couldn't be revoked so far. */
  problem: string | null;
  /** How often that failed in a row, and when to try again. */
  failures: number;
  retryAt: number;
}

/** The longest pause after a failure, in milliseconds. */
export const longestPauseMs = 60_000;

/** Whether it is to be revoked now. A pause that is longer was written while the clock was ahead. */
export const isDue = ({ ended, expiresAt, retryAt }: TemporaryKey, now: number): boolean =>
  (ended || expiresAt <= now) && (retryAt <= now || retryAt > now + longestPauseMs);

/** How long fal may take to show a new key in its lists, in milliseconds. */
export const settleMs = 60_000;

/** A temporary key that works now, as the tray shows it. */
export interface AliveKey {
  id: string;
  /** Without its end: that of its command, if it was made for one. */
  name: string;
  account: AccountName;
  expiresAt: number;
  held: boolean;
}
