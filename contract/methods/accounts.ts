import * as z from 'zod/mini';
import { type Account, type AccountName, accountKinds } from '../../core/model/fal/account.ts';
import { id, method, nothing, text, textOrNull } from '../method.ts';
import { partProblem } from '../problem.ts';
import { rotateAfter } from '../rotate-after.ts';

export const accountName = z.object({ id: text, nickname: text }) satisfies z.ZodMiniType<AccountName>;

const account = z.object({
  id: text,
  nickname: text,
  name: text,
  kind: z.enum(accountKinds),
  lockReason: textOrNull,
  identityId: text,
}) satisfies z.ZodMiniType<Account>;

export const accountMethods = {
  /** The last known accounts, without asking fal. */
  'accounts.list': method(nothing, z.array(account)),
  /** Refreshes the accounts from fal. */
  'accounts.refresh': method(
    nothing,
    z.object({ accounts: z.array(account), problems: z.array(partProblem) }),
  ),
  /** In US dollars; null when fal doesn't report it. */
  'accounts.balance': method(z.object({ accountId: id }), z.object({ balance: z.nullable(z.number()) })),
  /** By when each account's keys are to be rotated, for those with a policy. */
  'accounts.rotateBy': method(nothing, z.array(z.object({ accountId: id, after: rotateAfter }))),
  /** Null for no policy. */
  'accounts.setRotateBy': method(z.object({ accountId: id, after: z.nullable(rotateAfter) }), z.null()),
};
