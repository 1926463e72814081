import type { ErrorCode } from '../error.ts';
import type { AccountName } from '../fal/account.ts';
import type { Scope } from '../fal/key.ts';
import type { Hint } from '../hint.ts';
import type { ExportedFileState } from './export-record.ts';
import type { GithubTarget } from './github-secret.ts';

/** `forward` replaces the old key by a new one; `back` is an abort, which returns everything to the old key. */
export const rotationDirections = ['forward', 'back'] as const;
export type RotationDirection = (typeof rotationDirections)[number];

/**
 * `create` the new key, `test` it, `switch` everything that uses the other key, `wait` for the grace period, `revoke`
 * the key that nothing uses any more; `ended`.
 */
export const rotationSteps = ['create', 'test', 'switch', 'wait', 'revoke', 'ended'] as const;
export type RotationStep = (typeof rotationSteps)[number];

/** Why a rotation doesn't go on. */
export interface RotationProblem {
  code: ErrorCode;
  message: string;
}

/** The replacement of a key by a new one, as the database holds it. */
export interface Rotation {
  id: number;
  oldKeyId: string;
  /** Null until it was created and stored. */
  newKeyId: string | null;
  /** The new key's alias at fal. Each attempt to create it has other digits, which its journal entry has until it succeeds. */
  alias: string;
  scope: Scope;
  account: AccountName;
  direction: RotationDirection;
  /** What is to be done next. */
  step: RotationStep;
  graceMs: number;
  /** Milliseconds since 1970, as all times here. */
  startedAt: number;
  /** When the last known user of the key got the other one. */
  switchedAt: number | null;
  /** When the grace period ends. */
  revokeAt: number | null;
  /** When fal saw the key last, as far as it reports that. */
  lastUsedAt: number | null;
  /** When fal's usage was read last; null when that wasn't possible. */
  usageReadAt: number | null;
  problem: RotationProblem | null;
  /** How often it failed in a row, and when to try again without being asked. */
  failures: number;
  retryAt: number;
}

/** What a journal entry is about. */
export const journalKinds = [
  'create',
  'test',
  'profile',
  'export',
  'fal_cli',
  'github',
  'revoke',
  // a file that has the key where Varvel doesn't change it
  'leftover',
  // a place that somebody accepted to stay as it is
  'accepted',
] as const;

/** A step in a rotation's journal: written before it is done, and again after. */
export interface JournalEntry {
  direction: RotationDirection;
  kind: (typeof journalKinds)[number];
  /** A profile, a file and its variable, a key: what was changed. */
  subject: string;
  begunAt: number;
  /** Null while it isn't done. */
  doneAt: number | null;
  /** Why it couldn't be done. */
  problem: string | null;
}

/** A rotation as the faces show it. */
export interface RotationView extends Rotation {
  /** What to do about its problem. */
  hint: Hint;
  /** The profiles, files, profiles of the fal CLI and GitHub secrets that have got the other key. */
  moved: { profiles: number; files: number; falcli: number; github: number };
  /** What couldn't be changed or looked at, and why: it stops the revoke until somebody accepts it. */
  refused: { subject: string; message: string }[];
  /** Whether the key that goes was revoked. */
  revoked: boolean;
  oldAlias: string | null;
  newAlias: string | null;
}

/** What has a key on this machine, or got it from here. */
export interface KeyUses {
  profiles: string[];
  /** The files that hold it, or held it. */
  files: { path: string; variable: string; profile: string; state: ExportedFileState }[];
  github: GithubTarget[];
  /** The fal CLI's profiles with this key; null when there are none. */
  falcli: { path: string; profiles: string[] } | null;
  /** Places that hold the key and that Varvel doesn't change. */
  unreached: { what: string; path: string }[];
}

/** Who uses a key, and what a rotation does about it. */
export interface ConsumerMap extends KeyUses {
  /** The shells whose prompt hook follows the profiles. */
  shells: string[];
  /** What fal saw of the key in the last 24 hours; null with the reason when it can't be asked. */
  usage: { lastUsedAt: number | null; minutes: number } | null;
  usageProblem: { message: string; hint: Hint } | null;
}

/** What a rotation would do. */
export interface RotationPlan {
  keyId: string;
  alias: string | null;
  scope: Scope;
  account: AccountName;
  newAlias: string;
  consumers: ConsumerMap;
}

/** Milliseconds: a rotation's grace period unless another one is given. */
export const defaultGraceMs = 86_400_000;
