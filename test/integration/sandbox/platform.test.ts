import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Answer, ask, keyOf, runningSandbox } from './running.ts';

const sandbox = runningSandbox();

const platform = async (
  path: string,
  account: string,
  scope: 'API' | 'ADMIN',
  more: Parameters<typeof ask>[1] = {},
): Promise<Answer> => {
  const { headers } = await keyOf(sandbox(), account, scope);
  return ask(`${sandbox().environment.platformUrl}${path}`, {
    ...more,
    headers: { ...headers, ...more?.headers },
  });
};

const Page = z.object({
  keys: z.array(
    z.object({ key_id: z.string(), alias: z.string(), scope: z.string(), created_at: z.string() }),
  ),
  next_cursor: z.nullable(z.string()),
  has_more: z.boolean(),
});

const Made = z.object({ key_id: z.string(), key_secret: z.string(), key: z.string() });

const Line = z.object({
  endpoint_id: z.string(),
  quantity: z.number(),
  cost: z.number(),
  auth_method_structured: z.optional(z.object({ detail: z.string(), api_key_id: z.string() })),
});
const Usage = z.object({
  time_series: z.optional(z.array(z.object({ bucket: z.string(), results: z.array(Line) }))),
  summary: z.optional(z.array(Line)),
});

describe('the Platform API’s keys', () => {
  it('are listed page by page, and only those of API scope', async () => {
    for (const alias of ['one', 'two', 'three'])
      await platform('/keys', 'falconers', 'ADMIN', { body: { alias } });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = Page.parse((await platform(`/keys?limit=2${query}`, 'falconers', 'ADMIN')).body);
      expect(page.has_more).toBe(page.next_cursor !== null);
      expect(page.keys.every(({ scope }) => scope === 'API')).toBe(true);
      seen.push(...page.keys.map(({ alias }) => alias));
      cursor = page.next_cursor;
    }
    expect(seen.sort()).toEqual(['build-bots', 'notebook', 'one', 'three', 'two']);
  });

  it('are made with 201 and their secret, and deleted with 204 as often as one likes', async () => {
    const answer = await platform('/keys', 'falconers', 'ADMIN', { body: { alias: 'ring' } });
    expect(answer.status).toBe(201);
    const { key_id, key_secret, key } = Made.parse(answer.body);
    expect(key).toBe(`${key_id}:${key_secret}`);
    const remove = () => platform(`/keys/${key_id}`, 'falconers', 'ADMIN', { method: 'DELETE' });
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
  });

  it('are made once for one Idempotency-Key, whose account it belongs to', async () => {
    const make = async (account: string, alias = 'ring') =>
      platform('/keys', account, 'ADMIN', { body: { alias }, headers: { 'idempotency-key': 'the same' } });
    const first = await make('falconers');
    expect((await make('falconers')).body).toEqual(first.body);
    expect((await make('night-shift')).body).not.toEqual(first.body);
    expect((await make('falconers', 'another')).status).toBe(400);
  });

  it('are out of reach for API keys, strangers and wrong requests', async () => {
    const { platformUrl } = sandbox().environment;
    expect(await platform('/keys', 'falconers', 'API')).toMatchObject({
      status: 403,
      body: { error: { type: 'authorization_error' } },
    });
    for (const headers of [{}, { authorization: 'Key a:b' }, { authorization: 'Bearer x' }])
      expect(await ask(`${platformUrl}/keys`, { headers })).toMatchObject({
        status: 401,
        body: { error: { type: 'authorization_error' } },
      });
    const wrong = { status: 400, body: { error: { type: 'validation_error' } } };
    expect(await platform('/keys', 'falconers', 'ADMIN', { body: {} })).toMatchObject(wrong);
    expect(await platform('/keys?cursor=no', 'falconers', 'ADMIN')).toMatchObject(wrong);
    expect(await platform('/keys', 'falconers', 'ADMIN', { body: '{' })).toMatchObject(wrong);
  });

  it('don’t include ADMIN keys or other accounts’ keys to delete', async () => {
    const admin = await keyOf(sandbox(), 'falconers', 'ADMIN');
    const foreign = await keyOf(sandbox(), 'mews', 'API');
    const remove = async (id: string): Promise<number> =>
      (await platform(`/keys/${id}`, 'falconers', 'ADMIN', { method: 'DELETE' })).status;
    expect(await remove(admin.key_id)).toBe(403);
    expect(await remove(foreign.key_id)).toBe(204);
    expect((await keyOf(sandbox(), 'mews', 'API')).key_id).toBe(foreign.key_id);
  });
});

describe('prices', () => {
  it('are told to any valid key, for one model or several', async () => {
    const { body } = await platform(
      '/models/pricing?endpoint_id=fal-ai/flux/schnell,fal-ai/flux/dev',
      'falconers',
      'API',
    );
    expect(body).toMatchObject({
      prices: [
        { endpoint_id: 'fal-ai/flux/schnell', unit_price: 0.003, unit: 'image', currency: 'USD' },
        { endpoint_id: 'fal-ai/flux/dev' },
      ],
    });
  });

  it('are refused without a key, a model, or a known one', async () => {
    const url = `${sandbox().environment.platformUrl}/models/pricing?endpoint_id=fal-ai/flux/schnell`;
    expect((await ask(url)).status).toBe(401);
    expect((await platform('/models/pricing', 'falconers', 'API')).status).toBe(400);
    expect(await platform('/models/pricing?endpoint_id=no/such', 'falconers', 'API')).toMatchObject({
      status: 404,
      body: { error: { type: 'not_found' } },
    });
  });

  it('add up in an estimate', async () => {
    const body = { estimate_type: 'unit_price', endpoints: { 'fal-ai/flux/dev': { unit_quantity: 50 } } };
    expect((await platform('/models/pricing/estimate', 'falconers', 'API', { body })).body).toEqual({
      estimate_type: 'unit_price',
      total_cost: 1.25,
      currency: 'USD',
    });
  });
});

describe('usage', () => {
  const since = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

  it('covers thirty days, by key and by day', async () => {
    const { body } = await platform(
      `/models/usage?start=${since}&timeframe=day&expand=time_series&expand=auth_method_structured`,
      'falconers',
      'ADMIN',
    );
    const { time_series = [] } = Usage.parse(body);
    expect(time_series.length).toBeGreaterThan(25);
    const details = new Set(
      time_series.flatMap(({ results }) => results.map((line) => line.auth_method_structured?.detail)),
    );
    expect([...details].sort()).toEqual(['build-bots', 'deploy', 'notebook']);
  });

  it('can be asked of one key, and sums up to its days', async () => {
    const { key_id } = await keyOf(sandbox(), 'falconers', 'API');
    const { body } = await platform(
      `/models/usage?start=${since}&api_key_id=${key_id}&expand=summary,time_series,auth_method_structured`,
      'falconers',
      'ADMIN',
    );
    const { time_series = [], summary = [] } = Usage.parse(body);
    const total = (lines: readonly z.infer<typeof Line>[]): number =>
      lines.reduce((sum, { quantity }) => sum + quantity, 0);
    expect(total(summary)).toBeGreaterThan(0);
    expect(total(summary)).toBe(total(time_series.flatMap(({ results }) => results)));
    expect(summary.every((line) => line.auth_method_structured?.api_key_id === key_id)).toBe(true);
  });

  it('grows by a picture, which is taken from the balance', async () => {
    const quantity = async (): Promise<number> =>
      Usage.parse(
        (await platform('/models/usage?expand=summary', 'night-shift', 'ADMIN')).body,
      ).summary?.reduce((sum, line) => sum + line.quantity, 0) ?? 0;
    const balance = async (): Promise<number> =>
      z
        .object({ credits: z.object({ current_balance: z.number() }) })
        .parse((await platform('/account/billing?expand=credits', 'night-shift', 'ADMIN')).body).credits
        .current_balance;
    const [usedBefore, balanceBefore] = [await quantity(), await balance()];
    const { headers } = await keyOf(sandbox(), 'night-shift', 'API');
    await ask(`${sandbox().environment.runUrl}/fal-ai/flux/dev`, { headers, body: { prompt: 'a ring' } });
    expect(await quantity()).toBe(usedBefore + 1);
    expect(await balance()).toBeCloseTo(balanceBefore - 0.025, 6);
  });

  it('is refused to API keys and for times that make no sense', async () => {
    expect((await platform('/models/usage', 'falconers', 'API')).status).toBe(403);
    for (const query of ['start=yesterday', 'timezone=Nowhere', 'expand=auth_method', 'timeframe=year'])
      expect((await platform(`/models/usage?${query}`, 'falconers', 'ADMIN')).status).toBe(400);
  });
});

describe('the rest of the Platform API', () => {
  it('lists an organization’s teams to its root’s ADMIN key only', async () => {
    expect((await platform('/organization/teams', 'mews', 'ADMIN')).body).toMatchObject({
      teams: [
        { username: 'mews', is_org_root: true },
        { username: 'night-shift', is_org_root: false },
        { username: 'falconers', is_org_root: false },
      ],
    });
    expect((await platform('/organization/teams', 'falconers', 'ADMIN')).status).toBe(403);
    expect((await platform('/organization/teams', 'mews', 'API')).status).toBe(403);
  });

  it('tells the balance when asked for it', async () => {
    expect((await platform('/account/billing', 'falconers', 'ADMIN')).body).toEqual({
      username: 'falconers',
    });
    expect((await platform('/account/billing?expand=credits', 'falconers', 'ADMIN')).body).toMatchObject({
      credits: { currency: 'USD' },
    });
  });

  it('lists models and its own facts to everybody', async () => {
    const { platformUrl } = sandbox().environment;
    expect((await ask(`${platformUrl}/models?endpoint_id=fal-ai/flux/schnell`)).body).toMatchObject({
      models: [{ endpoint_id: 'fal-ai/flux/schnell', metadata: { is_favorited: null, status: 'active' } }],
      has_more: false,
    });
    expect((await ask(`${platformUrl}/models?endpoint_id=no/such`)).status).toBe(404);
    expect((await ask(`${platformUrl}/meta`)).status).toBe(200);
    expect((await ask(`${platformUrl}/nothing`)).body).toMatchObject({ error: { type: 'not_found' } });
  });
});
