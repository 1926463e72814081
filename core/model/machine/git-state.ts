/**
 * What git does with a file: tracks it (`tracked`), would add it (`open`), ignores it (`ignored`), or there is no
 * repository or no git (`none`). `unknown`: git failed, was killed, or took too long.
 */
export const gitStates = ['tracked', 'open', 'ignored', 'none', 'unknown'] as const;
export type GitState = (typeof gitStates)[number];
