import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { aliasLimits, type KeyRegistry } from '../keys.ts';
import { personById } from '../people.ts';
import type { FalKey, Store } from '../state.ts';
import { type Admission, fail } from './admission.ts';
import { List, Paging, pageOf, queryProblem } from './query.ts';

const ListQuery = z.extend(Paging, { expand: List });

const CreateBody = z.object({
  alias: z.string().check(
    z.refine((alias) => {
      const length = [...alias].length;
      return length >= aliasLimits.min && length <= aliasLimits.max;
    }, `must have ${aliasLimits.min} to ${aliasLimits.max} characters`),
  ),
});

const shown = (key: FalKey, expand: readonly string[]): Record<string, unknown> => {
  const creator = expand.includes('creator_info') ? personById(key.creator) : undefined;
  return {
    key_id: key.key_id,
    alias: key.alias,
    scope: key.scope,
    created_at: key.created_at,
    ...(creator ? { creator_nickname: creator.id, creator_email: creator.email } : {}),
  };
};

const created = ({ key_id, key_secret }: FalKey): Record<string, string> => ({
  key_id,
  key_secret,
  key: `${key_id}:${key_secret}`,
});

/** `/keys`: an ADMIN key lists, creates and deletes its account's API keys, but not ADMIN keys. */
export const keysRoutes = (
  app: FastifyInstance,
  { store, keys, admission }: { store: Store; keys: KeyRegistry; admission: Admission },
): void => {
  app.get('/keys', async (request, reply) => {
    const caller = admission.adminKey(request, reply);
    if (!caller) return reply;
    const query = ListQuery.safeParse(request.query);
    if (!query.success) return fail(reply, 400, queryProblem(query.error));
    const listed = keys
      .of(caller.account)
      .filter(({ scope }) => scope === 'API')
      .sort((a, b) => b.created_at.localeCompare(a.created_at) || a.key_id.localeCompare(b.key_id));
    const { page, next_cursor, has_more } = pageOf(listed, query.data);
    return { keys: page.map((key) => shown(key, query.data.expand)), next_cursor, has_more };
  });

  app.post('/keys', async (request, reply) => {
    const caller = admission.adminKey(request, reply);
    if (!caller) return reply;
    const body = CreateBody.safeParse(request.body);
    if (!body.success) return fail(reply, 400, queryProblem(body.error));
    const { alias } = body.data;
    const repeat = request.headers['idempotency-key'];
    const repeatId = typeof repeat === 'string' && repeat !== '' ? `${caller.account.user_id} ${repeat}` : '';
    const before = Object.hasOwn(store.state.idempotency, repeatId)
      ? store.state.idempotency[repeatId]
      : undefined;
    if (before) {
      if (before.alias !== alias)
        return fail(reply, 400, 'This Idempotency-Key was used for a request with another alias');
      const made = keys.byId(before.key_id);
      return made
        ? reply.status(201).send(created(made))
        : fail(reply, 400, 'The key made under this Idempotency-Key has been deleted');
    }
    const key = keys.create(caller.account, alias, 'API', caller.key.creator);
    if (repeatId !== '')
      store.change((state) => {
        state.idempotency[repeatId] = { alias, key_id: key.key_id };
      });
    return reply.status(201).send(created(key));
  });

  app.delete<{ Params: { key_id: string } }>('/keys/:key_id', async (request, reply) => {
    const caller = admission.adminKey(request, reply);
    if (!caller) return reply;
    const key = keys.of(caller.account).find(({ key_id }) => key_id === request.params.key_id);
    if (key && key.scope !== 'API')
      return fail(reply, 403, 'Access denied: only keys with API scope can be deleted here');
    if (key) keys.revoke(key.key_id);
    return reply.status(204).send();
  });
};
