import * as z from 'zod/mini';
import { hint } from './hint.ts';
import { text } from './method.ts';

/** An error as it crosses: small plain data. */
export const problem = z.object({ code: text, message: text, hint });
export type Problem = z.infer<typeof problem>;

/** Something that went wrong for one part while the rest went on. */
export const partProblem = z.object({ about: text, error: problem });
export type PartProblem = z.infer<typeof partProblem>;
