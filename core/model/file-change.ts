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

/** What a change would do to a file, as a person may see it: keys are masked, their id is shown and their secret never. */
export interface FileChange {
  path: string;
  exists: boolean;
  /** None when there is nothing to change. */
  lines: (DiffLine | LeftOut)[];
}
