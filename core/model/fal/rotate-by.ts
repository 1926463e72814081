/** How old a key may get before it is to be rotated, in days; `never` says that it may stay, whatever its account's policy. */
export type RotateAfter = number | 'never';

export const longestRotateAfterDays = 3650;

/** Whose rule it is. */
export const rotateBySubjects = ['key', 'account'] as const;
export type RotateBySubject = (typeof rotateBySubjects)[number];

export interface RotateByRule {
  subject: RotateBySubject;
  /** A key's or an account's id. */
  id: string;
  after: RotateAfter;
}

/** By when a key is to be rotated. */
export interface RotateBy {
  /** The key's own rule; null when its account's counts. */
  own: RotateAfter | null;
  /** Its account's; null when there is none. */
  account: RotateAfter | null;
  /** The one for all keys, in days, where neither of these says otherwise; null when there is none. */
  general: number | null;
  /** Milliseconds since 1970; null when there is no rule, or the key's age isn't known. */
  dueAt: number | null;
}
