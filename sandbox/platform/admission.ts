import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Credentials } from '../credentials.ts';
import { badKey } from '../refusals.ts';

/** A caller of the Platform API, which only accepts keys. */
export type KeyCaller = Extract<Caller, { kind: 'key' }>;

type ErrorType =
  | 'authorization_error'
  | 'validation_error'
  | 'not_found'
  | 'rate_limited'
  | 'server_error'
  | 'not_implemented';

const types: Readonly<Record<number, ErrorType>> = {
  400: 'validation_error',
  401: 'authorization_error',
  403: 'authorization_error',
  404: 'not_found',
  429: 'rate_limited',
  500: 'server_error',
  501: 'not_implemented',
};

/** Refuses in the Platform API's format: `{"error":{type, message, docs_url, request_id}}`. */
export const fail = (reply: FastifyReply, status: number, message: string): FastifyReply => {
  const type = types[status] ?? (status >= 500 ? 'server_error' : 'validation_error');
  const request_id = randomUUID();
  return reply
    .status(status)
    .header('x-fal-request-id', request_id)
    .send({ error: { type, message, docs_url: 'https://fal.ai/docs', request_id } });
};

/** Lets callers in; undefined after refusing them. */
export interface Admission {
  /** Any valid key. */
  anyKey(request: FastifyRequest, reply: FastifyReply): KeyCaller | undefined;
  /** A valid key with ADMIN scope. */
  adminKey(request: FastifyRequest, reply: FastifyReply): KeyCaller | undefined;
  /** The caller with a valid key; undefined, without refusing, otherwise. */
  optionalKey(request: FastifyRequest): KeyCaller | undefined;
}

export const createAdmission = (credentials: Credentials): Admission => {
  const optionalKey = (request: FastifyRequest): KeyCaller | undefined => {
    const credential = credentials.ofHeader(request.headers.authorization);
    return credential.kind === 'key' ? credential : undefined;
  };
  const anyKey = (request: FastifyRequest, reply: FastifyReply): KeyCaller | undefined => {
    const caller = optionalKey(request);
    if (!caller)
      fail(reply, 401, request.headers.authorization === undefined ? 'Authentication required' : badKey);
    return caller;
  };
  return {
    optionalKey,
    anyKey,
    adminKey(request, reply) {
      const caller = anyKey(request, reply);
      if (!caller || caller.key.scope === 'ADMIN') return caller;
      fail(reply, 403, 'Access denied: this needs an API key with ADMIN scope');
      return undefined;
    },
  };
};
