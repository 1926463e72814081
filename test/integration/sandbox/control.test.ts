import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ask, keyOf, keysOf, runningSandbox } from './running.ts';
import { bearer, poll, refresh, signIn, startDevice } from './sign-in.ts';

const sandbox = runningSandbox();

const control = (path: string, body?: unknown, method?: string) =>
  ask(`${sandbox().control}${path}`, {
    ...(body === undefined ? {} : { body }),
    ...(method === undefined ? {} : { method }),
  });

const teams = async (headers: Record<string, string>): Promise<number> =>
  (await ask(`${sandbox().environment.restUrl}/users/teams`, { headers })).status;

const Log = z.object({
  requests: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      target: z.string(),
      status: z.nullable(z.number()),
      time: z.iso.datetime(),
      credential: z.nullable(z.record(z.string(), z.string())),
      acting_for: z.nullable(z.string()),
      fault: z.nullable(z.string()),
    }),
  ),
});

const log = async () => Log.parse((await control('/requests')).body).requests;

/** The status of a control request with headers that fetch would not send. */
const statusWith = (headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(`${sandbox().control}/keys`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });

describe('the control API', () => {
  it('shows every key with its secret, and the locked account’s too', async () => {
    const keys = await keysOf(sandbox());
    expect(keys.filter(({ account }) => account === 'falconers')).toHaveLength(3);
    expect(keys.filter(({ account }) => account === 'grace').map(({ scope }) => scope)).toEqual(['API']);
    for (const { key, key_id, key_secret } of keys) {
      expect(key).toBe(`${key_id}:${key_secret}`);
      expect(key_secret).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it('locks and unlocks an account by its nickname or its id, in the words it is given', async () => {
    const { runUrl } = sandbox().environment;
    const { headers } = await keyOf(sandbox(), 'falconers', 'API');
    const run = () => ask(`${runUrl}/fal-ai/flux/schnell`, { headers, body: { prompt: 'x' } });
    await control('/lock', { account: 'falconers', reason: 'TOP_UP.' });
    expect(await run()).toMatchObject({ status: 403, body: { detail: 'User is locked. Reason: TOP_UP.' } });
    await control('/unlock', { account: 'team-falconers' });
    expect((await run()).status).toBe(200);
  });

  it('revokes a key at once', async () => {
    const { key_id, headers } = await keyOf(sandbox(), 'falconers', 'API');
    await control('/revoke', { key_id });
    expect((await ask(`${sandbox().environment.restUrl}/users/current`, { headers })).status).toBe(401);
  });

  it('locks one key alone, as a spending limit does, and its account’s other keys go on', async () => {
    const { runUrl, restUrl } = sandbox().environment;
    const [key, other] = (await keysOf(sandbox())).filter(({ account }) => account === 'falconers');
    const call = async (url: string, credential = '', body: object = { prompt: 'x' }) => {
      const { status, body: told } = await ask(url, {
        headers: { authorization: `Key ${credential}` },
        body,
      });
      return status === 200 ? 200 : told;
    };
    const run = (credential = '') => call(`${runUrl}/fal-ai/flux/schnell`, credential);
    expect((await control('/lock', { key_id: key?.key_id })).status).toBe(200);
    const locked = { detail: 'User is locked. Reason: API key spending limit reached.' };
    expect(await run(key?.key)).toEqual(locked);
    const upload = `${restUrl}/storage/upload/initiate?storage_type=fal-cdn-v3`;
    expect(await call(upload, key?.key, { content_type: 'a/b', file_name: 'c' })).toEqual(locked);
    expect(await run(other?.key)).toBe(200);
    await control('/unlock', { key_id: key?.key_id });
    expect(await run(key?.key)).toBe(200);
  });

  it('says 404 for names nobody has, and 400 for bodies that make no sense', async () => {
    const { user_code } = await startDevice(sandbox());
    const unknown: [string, object][] = [
      ['/approve', { user_code: 'BBBB-BBBB', person: 'ada' }],
      ['/approve', { user_code, person: 'nobody' }],
      ['/deny', { user_code: 'BBBB-BBBB' }],
      ['/lock', { account: 'nothing', reason: 'x' }],
      ['/lock', { key_id: 'nothing' }],
      ['/unlock', { key_id: 'nothing' }],
      ['/unlock', { account: 'nothing' }],
      ['/revoke', { key_id: 'nothing' }],
      ['/expire', { person: 'nobody', what: 'access' }],
    ];
    for (const [path, body] of unknown)
      expect(await control(path, body)).toMatchObject({ status: 404, body: { error: expect.any(String) } });
    const wrong: [string, unknown][] = [
      ['/approve', {}],
      ['/lock', { account: 7 }],
      ['/lock', {}],
      ['/lock', { account: 'falconers', key_id: 'both' }],
      ['/faults', { target: 'moon', kind: 'slow' }],
      ['/faults', { target: 'rest', kind: 'explode' }],
      ['/expire', { person: 'ada', what: 'everything' }],
      ['/revoke', '{'],
      ['/revoke', '[]'],
    ];
    for (const [path, body] of wrong)
      expect(await control(path, body)).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  });

  it('can’t be driven by a web page or through another name', async () => {
    expect(await statusWith({})).toBe(200);
    expect(await statusWith({ host: 'rebound.example' })).toBe(403);
    expect(await statusWith({ origin: 'http://evil.example' })).toBe(403);
    expect(await statusWith({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    const form = await ask(`${sandbox().control}/reset`, { body: new URLSearchParams({ account: 'ada' }) });
    expect(form.status).toBe(200);
  });

  it('sets everything back: other secrets, nobody signed in, no locks, no faults', async () => {
    const tokens = await signIn(sandbox(), 'ada');
    const before = await keyOf(sandbox(), 'falconers', 'API');
    await control('/lock', { account: 'falconers' });
    await control('/faults', { target: 'rest', kind: 'status', status: 500 });
    await control('/reset', undefined, 'POST');
    const after = await keyOf(sandbox(), 'falconers', 'API');
    expect(after.key_id).toBe(before.key_id);
    expect(after.key_secret).not.toBe(before.key_secret);
    expect(await teams(bearer(tokens))).toBe(401);
    expect((await refresh(sandbox(), tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    const upload = `${sandbox().environment.restUrl}/storage/upload/initiate`;
    const body = { content_type: 'text/plain', file_name: 'x' };
    expect((await ask(upload, { headers: after.headers, body })).status).toBe(200);
  });
});

describe('a fault', () => {
  it('hits its target as often as it should, and no other', async () => {
    const headers = bearer(await signIn(sandbox(), 'ada'));
    const { platformUrl } = sandbox().environment;
    await control('/faults', { target: 'rest', kind: 'status', status: 500, times: 2 });
    expect((await ask(`${platformUrl}/meta`)).status).toBe(200);
    expect([await teams(headers), await teams(headers), await teams(headers)]).toEqual([500, 500, 200]);
  });

  it('stays until it is taken away when no number is given', async () => {
    const headers = bearer(await signIn(sandbox(), 'ada'));
    await control('/faults', { target: 'rest', kind: 'status', status: 502 });
    expect([await teams(headers), await teams(headers)]).toEqual([502, 502]);
    await control('/faults', undefined, 'DELETE');
    expect(await teams(headers)).toBe(200);
  });

  it('speaks like the part that fails', async () => {
    const { platformUrl, runUrl } = sandbox().environment;
    await control('/faults', { target: 'platform', kind: 'status', status: 429, times: 1 });
    expect((await ask(`${platformUrl}/meta`)).body).toMatchObject({ error: { type: 'rate_limited' } });
    await control('/faults', { target: 'run', kind: 'status', status: 500, times: 1 });
    expect((await ask(`${runUrl}/mews/open-door`, { body: { prompt: 'x' } })).body).toMatchObject({
      detail: expect.any(String),
    });
  });

  it('drops the connection before the work, so that nothing happened', async () => {
    const tokens = await signIn(sandbox(), 'ada');
    await control('/faults', { target: 'signin', kind: 'drop', times: 1 });
    await expect(refresh(sandbox(), tokens.refresh_token)).rejects.toThrow();
    expect((await refresh(sandbox(), tokens.refresh_token)).status).toBe(200);
  });

  it('loses the answer after the work, so that a refresh token is used up', async () => {
    const tokens = await signIn(sandbox(), 'ada');
    await control('/faults', { target: 'signin', kind: 'drop', after: true, times: 1 });
    await expect(refresh(sandbox(), tokens.refresh_token)).rejects.toThrow();
    expect((await refresh(sandbox(), tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('can lose the answer of a key that was made', async () => {
    const { headers } = await keyOf(sandbox(), 'falconers', 'ADMIN');
    await control('/faults', { target: 'platform', kind: 'drop', after: true, times: 1 });
    const url = `${sandbox().environment.platformUrl}/keys`;
    await expect(ask(url, { headers, body: { alias: 'lost' } })).rejects.toThrow();
    expect((await keysOf(sandbox())).map(({ alias }) => alias)).toContain('lost');
  });

  it('makes an answer slow, and then right', async () => {
    const headers = bearer(await signIn(sandbox(), 'ada'));
    await control('/faults', { target: 'rest', kind: 'slow', delay_ms: 150, times: 1 });
    const start = performance.now();
    expect(await teams(headers)).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  it('can be meant for one path alone', async () => {
    const { device_code } = await startDevice(sandbox());
    await control('/faults', {
      target: 'signin',
      kind: 'status',
      status: 503,
      path: '/oauth/token',
      times: 1,
    });
    expect((await ask(`${sandbox().environment.issuer}.well-known/openid-configuration`)).status).toBe(200);
    expect((await poll(sandbox(), device_code)).status).toBe(503);
  });
});

describe('the log of requests', () => {
  it('says who asked for what, and how it ended', async () => {
    const headers = bearer(await signIn(sandbox(), 'ada'), 'team-falconers');
    const key = await keyOf(sandbox(), 'mews', 'API');
    const { restUrl } = sandbox().environment;
    await ask(`${restUrl}/users/current`, { headers });
    await ask(`${restUrl}/users/current`, { headers: key.headers });
    await ask(`${restUrl}/users/current`, { headers: { authorization: 'Key made:up' } });
    const current = (await log()).filter(({ path }) => path === '/users/current');
    expect(current).toMatchObject([
      {
        method: 'GET',
        target: 'rest',
        status: 200,
        credential: { kind: 'person', person: 'ada' },
        acting_for: 'team-falconers',
      },
      { status: 200, credential: { kind: 'key', key_id: key.key_id } },
      { status: 401, credential: { kind: 'unknown' } },
    ]);
  });

  it('holds no secret and no token, wherever they were put', async () => {
    const tokens = await signIn(sandbox(), 'ada');
    const next = await refresh(sandbox(), tokens.refresh_token);
    const { key_secret, headers } = await keyOf(sandbox(), 'falconers', 'ADMIN');
    const { restUrl, platformUrl } = sandbox().environment;
    await teams(bearer(tokens));
    await ask(`${platformUrl}/keys/${key_secret}?again=${key_secret}`, { method: 'DELETE', headers });
    await ask(`${restUrl}/users/current`, { headers: { authorization: `Key ${key_secret}:${key_secret}` } });
    const text = JSON.stringify(await log());
    const { access_token, refresh_token } = tokens;
    for (const secret of [key_secret, access_token, refresh_token, JSON.stringify(next.body)])
      expect(text).not.toContain(secret);
  });

  it('notes a request whose connection was cut as one without a status', async () => {
    await control('/faults', { target: 'rest', kind: 'drop', times: 1 });
    await expect(teams({})).rejects.toThrow();
    expect((await log()).at(-1)).toMatchObject({ path: '/users/teams', status: null, fault: 'drop' });
  });
});
