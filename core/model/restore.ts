/** What a restore does with one key or one profile of a backup. What is here is never replaced. */
export type RestoreOutcome =
  | { kind: 'new' }
  /** Here already, just so. */
  | { kind: 'same' }
  /** Something else of that name is here, and stays. */
  | { kind: 'conflict'; reason: string }
  /** It can't be brought back. */
  | { kind: 'unusable'; reason: string };

export const restoredThings = ['key', 'profile'] as const;

/** One key or profile of a backup, and what becomes of it. */
export interface RestoreRow {
  what: (typeof restoredThings)[number];
  /** Of a key its id, of a profile its name. */
  id: string;
  name: string;
  outcome: RestoreOutcome;
}
