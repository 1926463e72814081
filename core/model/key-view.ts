import type { AccountName } from './account.ts';
import type { Scope } from './key.ts';
import type { Verdict } from './verdict.ts';

/** A key as the faces show it: what fal says of it and what we hold, side by side. */
export interface KeyView {
  id: string;
  alias: string | null;
  scope: Scope | null;
  account: AccountName | null;
  /** Milliseconds since 1970. */
  createdAt: number | null;
  /** Its secret is in the vault. */
  stored: boolean;
  /** Whether fal lists it; null when fal could not be asked. */
  remote: boolean | null;
  /** Names of the profiles that use it. */
  profiles: string[];
  /** The last test's; null when it was not tested. */
  verdict: Verdict | null;
}
