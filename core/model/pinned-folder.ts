/** `pinned`: its file still says so; `other`: it says something else now; `gone`: there is no such file any more. */
export const pinStates = ['pinned', 'other', 'gone'] as const;

/** A folder that was pinned from here. */
export interface PinnedFolder {
  folder: string;
  /** What it was pinned to from here. */
  profile: string;
  state: (typeof pinStates)[number];
}
