import type { FileLine } from './format.ts';
import { posix } from './posix.ts';

/** direnv's .envrc is a bash script; what it exports, direnv hands on. */
export const envrc: FileLine = posix.set;
