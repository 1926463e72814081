import * as z from 'zod/mini';
import { scopes } from '../core/model/fal/key.ts';
import { type Verdict, verdictKinds } from '../core/model/fal/verdict.ts';
import { text, timeOrNull } from './method.ts';
import { accountName } from './methods/accounts.ts';

export const scope = z.enum(scopes);

export const verdict = z.object({
  kind: z.enum(verdictKinds),
  scope: z.nullable(scope),
  account: z.nullable(accountName),
  latencyMs: timeOrNull,
  message: text,
  testedAt: z.number(),
}) satisfies z.ZodMiniType<Verdict>;
