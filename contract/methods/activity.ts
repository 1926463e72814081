import * as z from 'zod/mini';
import { type ActivityEntry, activityKinds } from '../../core/model/activity.ts';
import { actorFaces } from '../../core/model/face.ts';
import { id, method, text, textOrNull } from '../method.ts';

const activityEntry = z.object({
  at: z.number(),
  kind: z.enum(activityKinds),
  identityId: textOrNull,
  account: textOrNull,
  keyId: textOrNull,
  profile: textOrNull,
  detail: text,
  actor: z.nullable(z.object({ face: z.enum(actorFaces), program: textOrNull })),
}) satisfies z.ZodMiniType<ActivityEntry>;

export const activityMethods = {
  'activity.list': method(
    z.object({
      /** How far back, in milliseconds; null for all. */
      withinMs: z.nullable(z.number().check(z.gte(0))),
      keyId: z.nullable(id),
      limit: z.number().check(z.int(), z.gte(1), z.lte(5000)),
    }),
    z.array(activityEntry),
  ),
};
