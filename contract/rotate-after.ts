import * as z from 'zod/mini';
import { longestRotateAfterDays, type RotateAfter } from '../core/model/fal/rotate-by.ts';

/** After how many days to rotate a key. */
export const rotateAfterDays = z.number().check(z.int(), z.minimum(1), z.maximum(longestRotateAfterDays));

/** The same, or never. */
export const rotateAfter = z.union([
  rotateAfterDays,
  z.literal('never'),
]) satisfies z.ZodMiniType<RotateAfter>;
