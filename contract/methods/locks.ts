import * as z from 'zod/mini';
import {
  certainties,
  type DiagnosisView,
  type LockWatch,
  lockPatterns,
} from '../../core/model/fal/diagnosis.ts';
import { id, method, nothing, path, run, text, textOrNull, timeOrNull } from '../method.ts';
import { scope } from '../verdict.ts';
import { accountName } from './accounts.ts';

const balance = z.discriminatedUnion('state', [
  z.object({ state: z.literal('read'), amount: z.number(), currency: text }),
  z.object({ state: z.literal('unread'), why: text }),
]);

const diagnosis = z.object({
  pattern: z.enum(lockPatterns),
  certainty: z.enum(certainties),
  at: z.number(),
  keyId: text,
  alias: textOrNull,
  scope: z.nullable(scope),
  account: z.nullable(accountName),
  expected: z.nullable(accountName),
  reason: textOrNull,
  balances: z.object({ user: balance, credits: balance }),
  roseFrom: z.nullable(z.object({ amount: z.number(), at: z.number() })),
  siblings: z.object({ tried: z.number(), working: z.number() }),
  requests: z.array(
    z.object({
      at: z.number(),
      method: text,
      host: text,
      path: text,
      status: z.nullable(z.number()),
      ms: z.number(),
      requestId: textOrNull,
    }),
  ),
  explanation: z.object({
    title: text,
    meaning: text,
    known: z.array(text),
    doubts: z.array(text),
    steps: z.array(text),
    who: text,
    page: z.nullable(z.enum(['billing', 'keys'])),
  }),
  report: text,
}) satisfies z.ZodMiniType<DiagnosisView>;

const watch = z.object({
  keyId: text,
  since: z.number(),
  until: z.number(),
  checks: z.number(),
  lastAt: timeOrNull,
}) satisfies z.ZodMiniType<LockWatch>;

export const lockMethods = {
  /** Finds out why fal refuses a key, for free. */
  'locks.diagnose': method(z.object({ run, id, profile: z.nullable(id) }), diagnosis),
  /** Writes a report to a new file. Returns its path. */
  'locks.saveReport': method(
    z.object({ file: path, report: text.check(z.maxLength(100_000)) }),
    z.object({ path: text }),
  ),
  /** Waits until a key works again; the event `alert` follows. Goes on when the window closes. */
  'locks.watch': method(z.object({ id }), z.array(watch)),
  'locks.unwatch': method(z.object({ id }), z.array(watch)),
  'locks.watches': method(nothing, z.array(watch)),
};
