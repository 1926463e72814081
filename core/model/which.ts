/** The places from which a key or a profile can come. */
export const keyPlaces = [
  'argument',
  'VARVEL_PROFILE',
  'pin',
  'current',
  'FAL_FORCE_AUTH_BY_USER',
  'FAL_KEY',
  'fal --profile',
  'FAL_PROFILE',
  '__internal__.profile',
  'Colab',
  'FAL_KEY_ID + FAL_KEY_SECRET',
  'fal sign-in',
] as const;
export type KeyPlace = (typeof keyPlaces)[number];

/** One place that was looked at, in the order in which they are. */
export interface ChainLink {
  source: KeyPlace;
  /** A profile's name, a key's id, a team; null when there is nothing. Never a secret. */
  value: string | null;
  wins: boolean;
  /** One sentence. */
  reason: string;
}

/** What a tool ends up with. */
export interface Winner {
  source: KeyPlace | null;
  /** Which of our profiles that is. */
  profile: string | null;
  keyId: string | null;
}

/** Which key a tool uses, and how it came to that. */
export interface KeyDecision {
  winner: Winner;
  chain: ChainLink[];
}

/** The same of one tool, by its name for people. */
export interface ToolDecision {
  name: string;
  verdict: KeyDecision;
}

/** Which key wins for a program that is started as this one was, and why. */
export interface WhichReport {
  folder: string;
  here: KeyDecision;
  tools: ToolDecision[];
  advice: string[];
}
