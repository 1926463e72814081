/** Whether the fal CLI syncs with the current profile, and whether with its key. */
export const inSteps = ['off', 'profile', 'key'] as const;
export type InStep = (typeof inSteps)[number];

/** Which side has a profile. */
export const falcliSides = ['both', 'fal', 'varvel'] as const;
/** The parts of a profile that can differ between the sides. */
export const falcliDifferences = ['key', 'host', 'account'] as const;

/** A profile of the fal CLI and Varvel's profile of the same name. Only key ids, no secrets. */
export interface FalcliRow {
  name: string;
  where: (typeof falcliSides)[number];
  keyId: string | null;
  ourKeyId: string | null;
  host: string | null;
  /** What differs between the sides. */
  differs: (typeof falcliDifferences)[number][];
  /** The file holds a key in plain text. */
  plainText: boolean;
}

/** The fal CLI's profiles compared with Varvel's. */
export interface FalcliStatus {
  path: string;
  /** The path with symbolic links resolved. */
  target: string;
  exists: boolean;
  /** Other users can read the file. */
  openToOthers: boolean;
  /** The profile that the fal CLI uses. */
  profile: string | null;
  team: string | null;
  rows: FalcliRow[];
  inStep: InStep;
  commentsRemembered: boolean;
  /** Varvel's last change can be undone. */
  undoable: boolean;
}

/** What an import would do with one of the fal CLI's profiles. */
export type ImportStep = { name: string; keyId: string | null } & (
  | { kind: 'new'; as: string; note: string | null }
  /** Already here, with the same key and host. */
  | { kind: 'same' }
  /** Varvel can't use its name; `proposal` is a name it can. */
  | { kind: 'name'; proposal: string }
  /** Conflicts with something in Varvel, which stays. */
  | { kind: 'conflict'; reason: string }
  | { kind: 'unusable'; reason: string }
);
