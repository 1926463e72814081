/** What a restore does with one key or profile of a backup. It never replaces anything. */
export type RestoreOutcome =
  | { kind: 'new' }
  /** A profile that would send its key to a host that isn't fal's: restored only when that host is allowed. */
  | { kind: 'foreign_host'; host: string }
  /** Already here, and the same. */
  | { kind: 'same' }
  /** Something different with that name is here, and stays. */
  | { kind: 'conflict'; reason: string }
  /** It can't be restored. */
  | { kind: 'unusable'; reason: string };

export const restoredThings = ['key', 'profile'] as const;

/** One key or profile of a backup, and what happens to it. */
export interface RestoreRow {
  what: (typeof restoredThings)[number];
  /** A key's id, or a profile's name. */
  id: string;
  name: string;
  /** Where a profile sends its key; null for fal's own. */
  host: string | null;
  outcome: RestoreOutcome;
}
