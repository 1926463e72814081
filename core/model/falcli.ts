/** Whether fal's CLI is kept in step with the current profile, and whether with its key. */
export const inSteps = ['off', 'profile', 'key'] as const;
export type InStep = (typeof inSteps)[number];

/** Which side has a profile. */
export const falcliSides = ['both', 'fal', 'varvel'] as const;
/** What of a profile may differ between the sides. */
export const falcliDifferences = ['key', 'host'] as const;

/** One of fal's profiles beside ours of the same name. A key is shown as its id. */
export interface FalcliRow {
  name: string;
  where: (typeof falcliSides)[number];
  keyId: string | null;
  ourKeyId: string | null;
  host: string | null;
  /** What is not the same on both sides. */
  differs: (typeof falcliDifferences)[number][];
  /** A key stands there in plain text. */
  plainText: boolean;
}

/** fal's own CLI: its profiles beside ours. */
export interface FalcliStatus {
  path: string;
  /** Where the path leads, when it is a symbolic link. */
  target: string;
  exists: boolean;
  /** Other users can read the file. */
  openToOthers: boolean;
  /** What fal's CLI uses. */
  profile: string | null;
  team: string | null;
  rows: FalcliRow[];
  inStep: InStep;
  commentsRemembered: boolean;
  /** Our last change can be taken back. */
  undoable: boolean;
}

/** What an import would do with one of the profiles of fal's CLI. */
export type ImportStep = { name: string; keyId: string | null } & (
  | { kind: 'new'; as: string; note: string | null }
  /** Here already, with the same key and host. */
  | { kind: 'same' }
  /** A name ours can't have; `proposal` is one it can. */
  | { kind: 'name'; proposal: string }
  /** Something of ours stands in its way and stays. */
  | { kind: 'conflict'; reason: string }
  | { kind: 'unusable'; reason: string }
);
