/** One of Varvel's promises, tried on this machine. */
export interface Proof {
  /** Its number in docs/promises.md; 0 for one without a number. */
  promise: number;
  says: string;
  /** `skipped`: this machine lacks what it takes. */
  state: 'held' | 'broken' | 'skipped';
  /** What was counted, what broke, or why it was skipped. */
  message: string;
}
