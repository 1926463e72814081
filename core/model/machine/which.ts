import type { ToolKey } from './other-tools.ts';

/** The places a key or a profile can come from. */
export const keyPlaces = [
  'argument',
  'VARVEL_PROFILE',
  'pin',
  'current',
  'FAL_FORCE_AUTH_BY_USER',
  'FAL_KEY',
  'start-up file',
  'config.toml',
  'FAL_PROFILE',
  '__internal__.profile',
  'Colab',
  'FAL_KEY_ID + FAL_KEY_SECRET',
  'pyproject.toml',
  'fal sign-in',
] as const;
export type KeyPlace = (typeof keyPlaces)[number];

/** One place that was checked, in order of priority. */
export interface ChainLink {
  source: KeyPlace;
  /** A profile's name, a key's id, a team, a file; null when there is nothing. Never a secret. */
  value: string | null;
  wins: boolean;
  /** One sentence. */
  reason: string;
}

/** What a tool uses in the end. */
export interface Winner {
  source: KeyPlace | null;
  /** The profile that has this key. */
  profile: string | null;
  keyId: string | null;
}

/** Which key a tool uses, and why. */
export interface KeyDecision {
  winner: Winner;
  chain: ChainLink[];
}

/** The decision for one tool, by its display name. */
export interface ToolDecision {
  name: string;
  verdict: KeyDecision;
}

/** Which key wins for a program started from here, and why. */
export interface WhichReport {
  folder: string;
  here: KeyDecision;
  tools: ToolDecision[];
  /** The keys that other tools keep by themselves. */
  otherKeys: ToolKey[];
  advice: string[];
}
