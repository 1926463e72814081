/** `pinned`: the file still says so; `other`: it says something else; `gone`: the file is gone. */
export const pinStates = ['pinned', 'other', 'gone'] as const;

/** A folder that was pinned on this machine. */
export interface PinnedFolder {
  folder: string;
  /** The profile it was pinned to. */
  profile: string;
  state: (typeof pinStates)[number];
}
