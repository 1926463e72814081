import type { AccountName } from './fal/account.ts';
import type { Scope } from './fal/key.ts';
import type { RotateBy } from './fal/rotate-by.ts';
import type { Verdict } from './fal/verdict.ts';

/** A key as the faces show it: what fal knows and what is stored here. */
export interface KeyView {
  id: string;
  alias: string | null;
  scope: Scope | null;
  account: AccountName | null;
  /** Milliseconds since 1970. */
  createdAt: number | null;
  /** Its secret is in the vault. */
  stored: boolean;
  /** Whether fal lists it; null when that could not be checked. */
  remote: boolean | null;
  /** Names of the profiles that use it. */
  profiles: string[];
  /** From the last test; null when it was never tested. */
  verdict: Verdict | null;
  /** When a temporary key is revoked, in milliseconds since 1970; null for any other. */
  expiresAt: number | null;
  rotateBy: RotateBy;
}
