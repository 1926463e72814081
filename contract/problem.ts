import * as z from 'zod/mini';
import { hint } from './hint.ts';
import { text } from './method.ts';

/** An error as it crosses the bridge: plain data. */
export const problem = z.object({ code: text, message: text, hint });
export type Problem = z.infer<typeof problem>;

/** A core PartialFailure as it crosses the bridge. */
export const partProblem = z.object({ about: text, error: problem });
export type PartProblem = z.infer<typeof partProblem>;
