import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { type Model, modelById, models } from '../catalog.ts';
import { type Admission, fail } from './admission.ts';
import { Ids, List, Paging, pageOf, queryProblem } from './query.ts';

const ModelsQuery = z.extend(Paging, {
  endpoint_id: Ids,
  q: z.optional(z.string()),
  category: z.optional(z.string()),
  status: z.optional(z.enum(['active', 'deprecated'])),
  expand: List,
});

const PricingQuery = z.object({
  endpoint_id: Ids.check(z.refine((ids) => ids.length > 0, 'is required')),
});

const EstimateBody = z.discriminatedUnion('estimate_type', [
  z.object({
    estimate_type: z.literal('historical_api_price'),
    endpoints: z.record(z.string(), z.object({ call_quantity: z.int().check(z.minimum(1)) })),
  }),
  z.object({
    estimate_type: z.literal('unit_price'),
    endpoints: z.record(z.string(), z.object({ unit_quantity: z.number().check(z.minimum(1e-6)) })),
  }),
]);

/** Average pictures per call, for estimates from past calls. */
const unitsPerCall = 1.5;

const openapiOf = (model: Model): Record<string, unknown> => ({
  openapi: '3.0.4',
  info: { title: model.display_name, version: '1.0.0', description: model.description },
  paths: {
    [`/${model.endpoint_id}`]: {
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['prompt'],
                properties: { prompt: { type: 'string' }, num_images: { type: 'integer' } },
              },
            },
          },
        },
        responses: { 200: { description: 'The pictures' } },
      },
    },
  },
});

/** `/models`, `/models/pricing` and `/models/pricing/estimate`. */
export const modelsRoutes = (
  app: FastifyInstance,
  { origin, admission }: { origin: string; admission: Admission },
): void => {
  const shown = (model: Model, signedIn: boolean, expand: readonly string[]): Record<string, unknown> => ({
    endpoint_id: model.endpoint_id,
    metadata: {
      display_name: model.display_name,
      category: model.category,
      description: model.description,
      status: model.status,
      tags: model.tags,
      updated_at: model.date,
      is_favorited: signedIn ? false : null,
      thumbnail_url: `${origin}/files/thumbnails/${encodeURIComponent(model.endpoint_id)}.png`,
      model_url: `${origin}/run/${model.endpoint_id}`,
      license_type: 'commercial',
      date: model.date,
      highlighted: false,
      kind: 'inference',
      pinned: false,
    },
    ...(expand.includes('openapi-3.0') ? { openapi: openapiOf(model) } : {}),
    ...(expand.includes('enterprise_status') ? { enterprise_status: 'ready' } : {}),
  });

  app.get('/models', async (request, reply) => {
    const query = ModelsQuery.safeParse(request.query);
    if (!query.success) return fail(reply, 400, queryProblem(query.error));
    const { endpoint_id, q, category, status, expand } = query.data;
    const unknown = endpoint_id.find((id) => !modelById(id));
    if (unknown !== undefined) return fail(reply, 404, `There is no model ${unknown}`);
    const words = (q ?? '').toLowerCase().split(/\s+/);
    const found = models.filter(
      (model) =>
        (endpoint_id.length === 0 || endpoint_id.includes(model.endpoint_id)) &&
        (category === undefined || model.category === category) &&
        (status === undefined || model.status === status) &&
        words.every((word) =>
          `${model.endpoint_id} ${model.display_name} ${model.category} ${model.description}`
            .toLowerCase()
            .includes(word),
        ),
    );
    const signedIn = admission.optionalKey(request) !== undefined;
    const { page, next_cursor, has_more } = pageOf(found, query.data);
    return { models: page.map((model) => shown(model, signedIn, expand)), next_cursor, has_more };
  });

  app.get('/models/pricing', async (request, reply) => {
    if (!admission.anyKey(request, reply)) return reply;
    const query = PricingQuery.safeParse(request.query);
    if (!query.success) return fail(reply, 400, queryProblem(query.error));
    const ids = [...new Set(query.data.endpoint_id)];
    const found = ids.flatMap((id) => modelById(id) ?? []);
    if (found.length < ids.length)
      return fail(reply, 404, `There is no model ${ids.find((id) => !modelById(id))}`);
    return {
      prices: found.map(({ endpoint_id, unit_price, unit }) => ({
        endpoint_id,
        unit_price,
        unit,
        currency: 'USD',
      })),
      next_cursor: null,
      has_more: false,
    };
  });

  app.post('/models/pricing/estimate', async (request, reply) => {
    if (!admission.anyKey(request, reply)) return reply;
    const body = EstimateBody.safeParse(request.body);
    if (!body.success) return fail(reply, 400, queryProblem(body.error));
    const units: [string, number][] =
      body.data.estimate_type === 'unit_price'
        ? Object.entries(body.data.endpoints).map(([id, { unit_quantity }]) => [id, unit_quantity])
        : Object.entries(body.data.endpoints).map(([id, { call_quantity }]) => [
            id,
            call_quantity * unitsPerCall,
          ]);
    const unknown = units.find(([id]) => !modelById(id));
    if (unknown) return fail(reply, 404, `There is no model ${unknown[0]}`);
    const cost = units.reduce((sum, [id, quantity]) => sum + (modelById(id)?.unit_price ?? 0) * quantity, 0);
    return {
      estimate_type: body.data.estimate_type,
      total_cost: Math.round(cost * 1e6) / 1e6,
      currency: 'USD',
    };
  });
};
