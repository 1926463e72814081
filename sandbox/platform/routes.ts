import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import type { Credentials } from '../credentials.ts';
import type { KeyRegistry } from '../keys.ts';
import type { Store } from '../state.ts';
import type { Ledger } from '../usage/ledger.ts';
import { createAdmission, fail } from './admission.ts';
import { keysRoutes } from './keys-routes.ts';
import { modelsRoutes } from './models-routes.ts';
import { List, queryProblem } from './query.ts';
import { usageRoutes } from './usage-routes.ts';

export interface PlatformRoutes {
  readonly origin: string;
  readonly store: Store;
  readonly keys: KeyRegistry;
  readonly credentials: Credentials;
  readonly ledger: Ledger;
}

const BillingQuery = z.object({ expand: List });

const Failure = z.catch(z.object({ statusCode: z.int(), message: z.string() }), {
  statusCode: 500,
  message: 'An unexpected error occurred',
});

/** fal's Platform API (`https://api.fal.ai/v1`), from its published OpenAPI description of August 2026. */
export const platformRoutes = (app: FastifyInstance, parts: PlatformRoutes): void => {
  const { origin, store, keys, ledger } = parts;
  const admission = createAdmission(parts.credentials);
  keysRoutes(app, { store, keys, admission });
  modelsRoutes(app, { origin, admission });
  usageRoutes(app, { keys, ledger, admission });

  app.get('/account/billing', async (request, reply) => {
    const caller = admission.adminKey(request, reply);
    if (!caller) return reply;
    const query = BillingQuery.safeParse(request.query);
    if (!query.success) return fail(reply, 400, queryProblem(query.error));
    const { user_id } = caller.account;
    // the description allows nothing below zero
    const current_balance = Math.max(0, store.state.credits[user_id] ?? store.state.balances[user_id] ?? 0);
    return {
      username: caller.account.nickname,
      ...(query.data.expand.includes('credits') ? { credits: { current_balance, currency: 'USD' } } : {}),
    };
  });

  /** Loopback only: the sandbox calls no webhooks, but a client can read where they would come from. */
  app.get('/meta', async () => ({ webhook_ip_ranges: ['127.0.0.1/32'] }));

  app.setNotFoundHandler(async (_request, reply) => fail(reply, 404, 'Resource not found'));
  app.setErrorHandler(async (error, _request, reply) => {
    const { statusCode, message } = Failure.parse(error);
    return fail(reply, statusCode, message);
  });
};
