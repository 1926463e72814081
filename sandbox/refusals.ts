import type { FastifyReply } from 'fastify';
import * as z from 'zod/mini';

/** fal's words for an unknown key or a wrong secret. */
export const badKey = 'No user found for Key ID and Secret';

/** fal's words for a billable call of a locked account. */
export const lockedMessage = (reason: string): string => `User is locked. Reason: ${reason}`;

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
