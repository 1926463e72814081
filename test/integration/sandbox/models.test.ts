import { ApiError, createFalClient } from '@fal-ai/client';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ask, keyOf, runningSandbox } from './running.ts';

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
    const { data } = await falClient(key).subscribe('fal-ai/flux/schnell', {
      input: { prompt: 'a falcon' },
      pollInterval: 20,
      logs: true,
      onQueueUpdate: ({ status }) => seen.push(status),
    });
    expect(Images.parse(data).images).toHaveLength(1);
    expect(seen.at(-1)).toBe('COMPLETED');
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
