import * as z from 'zod/mini';
import type { UsageReport } from '../../core/model/fal/usage.ts';
import { method, text, textOrNull } from '../method.ts';
import { partProblem } from '../problem.ts';
import { accountName } from './accounts.ts';

const usageReport = z.object({
  from: text,
  to: text,
  lines: z.array(
    z.object({
      day: text,
      account: accountName,
      endpointId: text,
      unit: text,
      quantity: z.number(),
      cost: z.number(),
      currency: text,
      keyId: textOrNull,
      member: textOrNull,
      caller: text,
    }),
  ),
  withoutAdminKey: z.array(accountName),
}) satisfies z.ZodMiniType<UsageReport>;

export const usageMethods = {
  /** The spend of all accounts with an ADMIN key here; asks fal. */
  'usage.read': method(
    z.object({ days: z.number().check(z.int(), z.gte(1), z.lte(366)), members: z.boolean() }),
    z.extend(usageReport, { problems: z.array(partProblem) }),
  ),
};
