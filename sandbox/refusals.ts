import type { FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import type { Caller } from './credentials.ts';
import type { SandboxState } from './state.ts';

/** fal's words for an unknown key or a wrong secret. */
export const badKey = 'No user found for Key ID and Secret';

/** fal's words for a billable call of a locked account. */
const lockedMessage = (reason: string): string => `User is locked. Reason: ${reason}`;

/** Why a caller's billable calls are refused, in fal's words: its account's lock, or its key's. */
export const lockOf = (
  caller: Caller,
  { locks, key_locks }: Pick<SandboxState, 'locks' | 'key_locks'>,
): string | undefined => {
  const reason =
    locks[caller.account.user_id] ?? (caller.kind === 'key' ? key_locks[caller.key.key_id] : undefined);
  return reason === undefined ? undefined : lockedMessage(reason);
};

/** Refuses in the format of fal's REST and model servers: `{"detail": …}`. */
export const refuse = (reply: FastifyReply, status: number, detail: string): FastifyReply =>
  reply.status(status).send({ detail });

/** Refuses a body (422) with missing or wrong required strings: one entry for each. */
export const validationDetail = (
  reply: FastifyReply,
  required: readonly string[],
  body: unknown,
): FastifyReply => {
  const fields = z.catch(z.record(z.string(), z.unknown()), {}).parse(body);
  const detail = required
    .filter((name) => typeof fields[name] !== 'string')
    .map((name) =>
      name in fields
        ? { loc: ['body', name], msg: 'str type expected', type: 'type_error.str' }
        : { loc: ['body', name], msg: 'field required', type: 'value_error.missing' },
    );
  return reply.status(422).send({ detail });
};
