import { createPublicKey, verify } from 'node:crypto';
import { ApiError, createFalClient } from '@fal-ai/client';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ask, keyOf, runningSandbox } from './running.ts';
import { bearer, signIn } from './sign-in.ts';

const sandbox = runningSandbox();

const Images = z.object({
  images: z.array(
    z.object({ url: z.string(), width: z.number(), height: z.number(), content_type: z.string() }),
  ),
});

/** fal's own JavaScript client, with its hosts led to the sandbox. */
const falClient = (credentials: string) => {
  const { runUrl, queueUrl, restUrl } = sandbox().environment;
  return createFalClient({
    credentials,
    retry: { maxRetries: 0 },
    requestMiddleware: async (request) => ({
      ...request,
      url: request.url
        .replace('https://queue.fal.run', queueUrl)
        .replace('https://fal.run', runUrl)
        .replace('https://rest.fal.ai', restUrl),
    }),
  });
};

const picture = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

describe('fal’s own JavaScript client', () => {
  it('makes a picture that is really there', async () => {
    const { key } = await keyOf(sandbox(), 'falconers', 'API');
    const { data, requestId } = await falClient(key).run('fal-ai/flux/schnell', {
      input: { prompt: 'a falcon', image_size: 'square' },
    });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const [image] = Images.parse(data).images;
    const png = PNG.sync.read(await picture(image?.url ?? ''));
    expect([png.width, png.height, image?.content_type]).toEqual([512, 512, 'image/png']);
  });

  it('goes through the queue to the same end', async () => {
    const { key } = await keyOf(sandbox(), 'falconers', 'API');
    const seen: string[] = [];
    const logs: unknown[] = [];
    const { data } = await falClient(key).subscribe('fal-ai/flux/schnell', {
      input: { prompt: 'a falcon' },
      pollInterval: 20,
      logs: true,
      onQueueUpdate: (update) => {
        seen.push(update.status);
        if ('logs' in update) logs.push(update.logs?.map(({ message }) => message));
      },
    });
    expect(Images.parse(data).images).toHaveLength(1);
    expect(seen.at(-1)).toBe('COMPLETED');
    expect(logs.at(-1)).toEqual(['Drawing rings']);
    expect(seen[0]).not.toBe('COMPLETED');
  });

  it('follows the queue’s stream', async () => {
    const { key } = await keyOf(sandbox(), 'falconers', 'API');
    const fal = falClient(key);
    const { request_id } = await fal.queue.submit('fal-ai/flux/schnell', { input: { prompt: 'a falcon' } });
    const { environment } = sandbox();
    const url = `${environment.queueUrl}/fal-ai/flux/requests/${request_id}/status/stream`;
    const { body } = await ask(url, { headers: { authorization: `Key ${key}` } });
    expect(String(body).trim().split('\n\n').at(-1)).toContain('"status":"COMPLETED"');
  });

  it('uploads a file', async () => {
    const { key } = await keyOf(sandbox(), 'falconers', 'API');
    const url = await falClient(key).storage.upload(new Blob(['a feather'], { type: 'text/plain' }));
    expect((await ask(url)).body).toBe('a feather');
  });

  it('hears why it is refused', async () => {
    // As text, so that the client's types don't already refuse what the server should.
    const model: string = 'fal-ai/flux/schnell';
    const refusal = async (credentials: string, input: object): Promise<unknown> => {
      try {
        await falClient(credentials).run(model, { input });
        return 'worked';
      } catch (error) {
        return error instanceof ApiError ? { status: error.status, body: error.body } : error;
      }
    };
    const [good, locked] = [
      await keyOf(sandbox(), 'falconers', 'API'),
      await keyOf(sandbox(), 'grace', 'API'),
    ];
    expect(await refusal('made:up', { prompt: 'x' })).toEqual({
      status: 401,
      body: { detail: 'No user found for Key ID and Secret' },
    });
    expect(await refusal(locked.key, { prompt: 'x' })).toEqual({
      status: 403,
      body: {
        detail: 'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
      },
    });
    expect(await refusal(good.key, {})).toEqual({
      status: 422,
      body: { detail: [{ loc: ['body', 'prompt'], msg: 'field required', type: 'value_error.missing' }] },
    });
  });
});

describe('what fal_client for Python reads', () => {
  const model = 'fal-ai/flux/schnell';

  it('has logs in each state of a request but the first, null unless asked for', async () => {
    const { queueUrl } = sandbox().environment;
    const { headers } = await keyOf(sandbox(), 'falconers', 'API');
    const { body } = await ask(`${queueUrl}/${model}`, { headers, body: { prompt: 'x' } });
    const { status_url } = z.object({ status_url: z.string() }).parse(body);
    const states = new Map<string, unknown>();
    // as Python writes a boolean
    for (const logs of ['False', 'True', 'true', '1'])
      await expect
        .poll(async () => {
          const told = z
            .record(z.string(), z.unknown())
            .parse((await ask(`${status_url}?logs=${logs}`, { headers })).body);
          states.set(`${logs} ${told.status}`, told.logs);
          return told.status;
        })
        .toBe('COMPLETED');
    expect(states.get('False COMPLETED')).toBe(null);
    for (const logs of ['True', 'true', '1']) expect(states.get(`${logs} COMPLETED`)).toHaveLength(1);
    for (const [state, logs] of states) expect(logs === undefined).toBe(state.endsWith('IN_QUEUE'));
  });

  it('is a token for uploads, which ends, and is refused to a locked key', async () => {
    const { restUrl } = sandbox().environment;
    const { headers, key_id } = await keyOf(sandbox(), 'falconers', 'API');
    const url = `${restUrl}/storage/auth/token?storage_type=fal-cdn-v3`;
    const { token, token_type, base_url, expires_at } = z
      .object({ token: z.string(), token_type: z.string(), base_url: z.string(), expires_at: z.string() })
      .parse((await ask(url, { headers, body: {} })).body);
    expect(Date.parse(expires_at)).toBeGreaterThan(Date.now());
    // Python's fromisoformat reads no Z before 3.11
    expect(expires_at).toMatch(/\+00:00$/);
    const upload = (authorization: string) =>
      ask(`${base_url}/files/upload`, {
        headers: { authorization, 'content-type': 'text/plain', 'x-fal-file-name': 'a feather.txt' },
        body: 'a feather',
      });
    const { access_url } = z
      .object({ access_url: z.string() })
      .parse((await upload(`${token_type} ${token}`)).body);
    expect(await ask(access_url)).toMatchObject({ status: 200, body: 'a feather' });
    expect((await upload('Bearer made-up')).status).toBe(401);
    await ask(`${sandbox().control}/lock`, { body: { key_id } });
    expect((await ask(url, { headers, body: {} })).status).toBe(403);
  });

  it('is a call with a sign-in instead of a key, which its account pays', async () => {
    const { runUrl, queueUrl, restUrl } = sandbox().environment;
    const tokens = await signIn(sandbox(), 'ada');
    const team = bearer(tokens, 'team-falconers');
    const balance = async (headers: Record<string, string>) =>
      Number((await ask(`${restUrl}/billing/user_balance`, { headers })).body);
    const before = [await balance(bearer(tokens)), await balance(team)];
    expect((await ask(`${runUrl}/${model}`, { headers: team, body: { prompt: 'x' } })).status).toBe(200);
    const queued = await ask(`${queueUrl}/${model}`, { headers: team, body: { prompt: 'x' } });
    const { status_url } = z.object({ status_url: z.string() }).parse(queued.body);
    expect((await ask(status_url, { headers: team })).status).toBe(202);
    expect((await ask(status_url, { headers: bearer(tokens) })).status).toBe(404);
    const after = [await balance(bearer(tokens)), await balance(team)];
    expect([after[0] === before[0], (after[1] ?? 0) < (before[1] ?? 0)]).toEqual([true, true]);
    const strange = { authorization: 'Bearer made-up' };
    expect((await ask(`${runUrl}/${model}`, { headers: strange, body: { prompt: 'x' } })).status).toBe(401);
  });

  it('is an access token that says when it expires, signed by the provider’s key', async () => {
    const { issuer } = sandbox().environment;
    const { access_token } = await signIn(sandbox(), 'ada');
    const [head = '', claims = '', signature = ''] = access_token.split('.');
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    const { kid, alg } = z.object({ kid: z.string(), alg: z.string() }).parse(read(head));
    const { keys } = z
      .object({ keys: z.array(z.looseObject({ kid: z.string() })) })
      .parse((await ask(`${issuer}.well-known/jwks.json`)).body);
    const key = createPublicKey({ key: { ...keys.find((each) => each.kid === kid) }, format: 'jwk' });
    const good = verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
    expect([alg, good]).toEqual(['RS256', true]);
    const now = Date.now() / 1000;
    expect(read(claims)).toMatchObject({
      iss: issuer,
      aud: expect.arrayContaining(['fal-cloud']),
      sub: expect.any(String),
      exp: expect.toSatisfy((exp: number) => exp > now + 1800),
    });
    const user = await ask(`${issuer}userinfo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(user.body).toMatchObject({ email: 'ada@example.com' });
  });
});

describe('a picture', () => {
  it('is the same for the same prompt and seed, and another for another', async () => {
    const { headers } = await keyOf(sandbox(), 'falconers', 'API');
    const draw = async (prompt: string): Promise<Buffer> => {
      const body = { prompt, seed: 7, image_size: { width: 64, height: 48 } };
      const answer = await ask(`${sandbox().environment.runUrl}/fal-ai/flux/schnell`, { headers, body });
      return picture(Images.parse(answer.body).images[0]?.url ?? '');
    };
    const [one, again, other] = [await draw('a ring'), await draw('a ring'), await draw('another ring')];
    expect(again.equals(one)).toBe(true);
    expect(other.equals(one)).toBe(false);
  });

  it('comes from a public app without a key, and from no other', async () => {
    const { runUrl } = sandbox().environment;
    const body = { prompt: 'x' };
    expect((await ask(`${runUrl}/mews/open-door`, { body })).status).toBe(200);
    expect((await ask(`${runUrl}/fal-ai/flux/schnell`, { body })).status).toBe(401);
  });

  it('can be cancelled in the queue, and costs nothing then', async () => {
    const { environment } = sandbox();
    const { headers } = await keyOf(sandbox(), 'falconers', 'API');
    const balance = async (): Promise<unknown> =>
      (await ask(`${environment.restUrl}/billing/user_balance`, { headers })).body;
    const before = await balance();
    const stranger = await keyOf(sandbox(), 'mews', 'API');
    const { body } = await ask(`${environment.queueUrl}/fal-ai/flux/dev`, { headers, body: { prompt: 'x' } });
    const { cancel_url, response_url } = z
      .object({ cancel_url: z.string(), response_url: z.string() })
      .parse(body);
    const cancelled = await ask(cancel_url, { method: 'PUT', headers });
    expect(cancelled.body).toEqual({ status: 'CANCELLATION_REQUESTED' });
    expect(await balance()).toBe(before);
    expect((await ask(cancel_url, { method: 'PUT', headers })).body).toEqual({ status: 'ALREADY_COMPLETED' });
    expect((await ask(response_url, { headers: stranger.headers })).status).toBe(404);
  });
});
