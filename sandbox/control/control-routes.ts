import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { accountById } from '../accounts.ts';
import type { KeyRegistry } from '../keys.ts';
import { personById } from '../people.ts';
import type { DeviceState, Devices } from '../signin/device.ts';
import type { Store } from '../state.ts';
import type { Faults } from './faults.ts';
import { lockRoutes } from './lock-routes.ts';
import type { RequestLog } from './request-log.ts';
import { faultTargets } from './targets.ts';

const Name = z.string().check(z.minLength(1), z.maxLength(256));

const Approve = z.object({ user_code: Name, person: Name });
const Deny = z.object({ user_code: Name });
const Revoke = z.object({ key_id: Name });
const Expire = z.union([
  z.object({ person: Name, what: z.enum(['access', 'refresh']) }),
  z.object({ user_code: Name }),
]);
const NewFault = z
  .object({
    target: z.enum(faultTargets),
    kind: z.enum(['slow', 'drop', 'status']),
    status: z._default(z.int().check(z.minimum(200), z.maximum(599)), 503),
    delay_ms: z._default(z.number().check(z.minimum(0), z.maximum(600_000)), 1000),
    times: z.optional(z.int().check(z.minimum(1))),
    path: z._default(z.string(), ''),
    after: z._default(z.boolean(), false),
  })
  .check(z.refine(({ kind, after }) => !(kind === 'slow' && after), 'A slow fault can’t have “after”'));

/** The status and message of a thrown error; Fastify's errors have a status. */
const Failure = z.catch(z.object({ statusCode: z.int(), message: z.string() }), {
  statusCode: 500,
  message: 'Internal Server Error',
});

const stateErrors: Record<Exclude<DeviceState, 'pending'>, { status: number; error: string }> = {
  unknown: { status: 404, error: 'Unknown user code' },
  expired: { status: 409, error: 'This user code has expired' },
  used: { status: 409, error: 'This user code was already used' },
};

/** A refusal of the control API: `{"error": text}` with its status. */
const fail = (reply: FastifyReply, status: number, error: string): FastifyReply =>
  reply.status(status).send({ error });

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether another site's page, or a name bound to loopback, could have made a browser send this. */
const isForeign = ({ headers }: FastifyRequest): boolean => {
  const host = URL.parse(`http://${headers.host ?? ''}`);
  if (!host || !loopbackNames.includes(host.hostname)) return true;
  if (headers.origin !== undefined && headers.origin !== host.origin) return true;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
};

export interface ControlRoutes {
  readonly store: Store;
  readonly keys: KeyRegistry;
  readonly devices: Devices;
  readonly faults: Faults;
  readonly log: RequestLog;
}

/** Controls the sandbox, for tests and demos. Unknown names are 404, invalid bodies 400, foreign pages 403. */
export const controlRoutes = (app: FastifyInstance, parts: ControlRoutes): void => {
  const { store, keys, devices, faults, log } = parts;

  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (isForeign(request)) return fail(reply, 403, 'The control API only answers programs on this computer');
  });

  app.setNotFoundHandler(async (_request, reply) => fail(reply, 404, 'Unknown path in the control API'));
  app.setErrorHandler(async (error, _request, reply) => {
    const { statusCode, message } = Failure.parse(error);
    return fail(reply, statusCode, message);
  });

  /** Decodes a body; undefined after refusing it. */
  const read = <T>(schema: z.ZodMiniType<T>, request: FastifyRequest, reply: FastifyReply): T | undefined => {
    const body = schema.safeParse(request.body ?? {});
    if (body.success) return body.data;
    const what = body.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    fail(reply, 400, `Invalid body: ${what}`);
    return undefined;
  };

  const settled = (reply: FastifyReply, standing: DeviceState): FastifyReply => {
    if (standing === 'pending') return reply.send({ ok: true });
    const { status, error } = stateErrors[standing];
    return fail(reply, status, error);
  };

  app.post('/approve', async (request, reply) => {
    const body = read(Approve, request, reply);
    if (!body) return reply;
    const person = personById(body.person);
    if (!person) return fail(reply, 404, 'Unknown person');
    return settled(reply, await devices.approve(body.user_code, person));
  });

  app.post('/deny', async (request, reply) => {
    const body = read(Deny, request, reply);
    return body ? settled(reply, await devices.deny(body.user_code)) : reply;
  });

  app.get('/keys', async () => ({
    keys: keys.all().map(({ key_id, key_secret, alias, scope, account, created_at }) => ({
      key_id,
      key_secret,
      key: `${key_id}:${key_secret}`,
      alias,
      scope,
      account: accountById(account)?.nickname ?? account,
      created_at,
    })),
  }));

  lockRoutes(app, { store, keys, read, fail });

  app.post('/revoke', async (request, reply) => {
    const body = read(Revoke, request, reply);
    if (!body) return reply;
    return keys.revoke(body.key_id) ? { ok: true } : fail(reply, 404, 'Unknown key');
  });

  app.post('/faults', async (request, reply) => {
    const body = read(NewFault, request, reply);
    if (!body) return reply;
    faults.add({ ...body, times: body.times ?? Number.POSITIVE_INFINITY });
    return { ok: true };
  });

  app.delete('/faults', async () => {
    faults.clear();
    return { ok: true };
  });

  app.post('/expire', async (request, reply) => {
    const body = read(Expire, request, reply);
    if (!body) return reply;
    if ('user_code' in body) return settled(reply, await devices.expire(body.user_code));
    const person = personById(body.person);
    if (!person) return fail(reply, 404, 'Unknown person');
    store.change((state) => {
      const tokens = state.artifacts[body.what === 'access' ? 'AccessToken' : 'RefreshToken'] ?? {};
      for (const [id, token] of Object.entries(tokens)) if (token.accountId === person.sub) delete tokens[id];
    });
    return { ok: true };
  });

  app.get('/requests', async () => ({ requests: log.all() }));

  app.post('/reset', async () => {
    store.reset();
    faults.clear();
    log.clear();
    return { ok: true };
  });
};
