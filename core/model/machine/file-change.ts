export const diffLineKinds = ['same', 'added', 'removed'] as const;

/** A line of a text before and after a change. */
export interface DiffLine {
  kind: (typeof diffLineKinds)[number];
  text: string;
}

/** Unchanged lines that are not shown. */
export interface LeftOut {
  kind: 'left_out';
  count: number;
}

/** A preview of a change to a file. Keys are masked: the id is shown, the secret never. */
export interface FileChange {
  path: string;
  exists: boolean;
  /** None when there is nothing to change. */
  lines: (DiffLine | LeftOut)[];
}
