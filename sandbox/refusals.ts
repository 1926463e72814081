import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import type { Caller } from './credentials.ts';
import type { SandboxState } from './state.ts';

/** fal's words for an unknown key or a wrong secret. */
export const badKey = 'No user found for Key ID and Secret';

/** fal's words for a billable call of a locked account. */
const lockedMessage = (reason: string): string => `User is locked. Reason: ${reason}`;

/** The name of a member's lock in the state. */
export const memberLockId = (userId: string, person: string): string => `${userId} ${person}`;

/** Why a caller's billable calls are refused, in fal's words: its account's lock, its member's, or its key's. */
export const lockOf = (
  caller: Caller,
  { locks, key_locks, member_locks }: Pick<SandboxState, 'locks' | 'key_locks' | 'member_locks'>,
): string | undefined => {
  const { user_id } = caller.account;
  const member = caller.kind === 'key' ? caller.key.creator : caller.person.id;
  const reason =
    locks[user_id] ??
    member_locks[memberLockId(user_id, member)] ??
    (caller.kind === 'key' ? key_locks[caller.key.key_id] : undefined);
  return reason === undefined ? undefined : lockedMessage(reason);
};

/** Refuses in the format of fal's REST and model servers: `{"detail": …}`, with a request id to quote. */
export const refuse = (reply: FastifyReply, status: number, detail: string): FastifyReply => {
  if (!reply.hasHeader('x-fal-request-id')) reply.header('x-fal-request-id', randomUUID());
  return reply.status(status).send({ detail });
};

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
