import * as z from 'zod/mini';
import { diffLineKinds, type FileChange } from '../core/model/machine/file-change.ts';
import { text } from './method.ts';

/** A preview of a change to a file; no lines when nothing changes. */
export const fileChange = z.object({
  path: text,
  exists: z.boolean(),
  lines: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(diffLineKinds), text }),
      z.object({ kind: z.literal('left_out'), count: z.number() }),
    ]),
  ),
}) satisfies z.ZodMiniType<FileChange>;
