import { expect, test } from 'vitest';
import { pictureData } from '../../../core/keys/picture.ts';
import { falEnvironment as environment } from '../../../core/model/fal/fal-environment.ts';
import type { Http } from '../../../core/ports.ts';

/** Answers everything with one body. */
const answering = (body: ConstructorParameters<typeof Response>[0], type = 'image/png'): Http => ({
  fetch: async () => new Response(body, { headers: { 'content-type': type } }),
  grpc: () => Promise.reject(new Error('not asked')),
  serverNow: () => null,
});
const { signal } = new AbortController();
const url = 'https://v3.fal.media/files/one.png';

test('a picture of fal’s comes as it is, byte for byte', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  const data = await pictureData(url, { http: answering(bytes), environment }, signal);
  expect(data).toBe(`data:image/png;base64,${Buffer.from(bytes).toString('base64')}`);
});

test('a picture that is too large is refused', async () => {
  const http = answering(new Uint8Array(20_000_001));
  await expect(pictureData(url, { http, environment }, signal)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('too large'),
  });
});

test.each(['https://fal.media.example.com/a.png', 'http://v3.fal.media/a.png', 'file:///etc/passwd', 'x'])(
  'what is not on fal’s own hosts is not asked for: %s',
  async (address) => {
    const http: Http = {
      fetch: () => Promise.reject(new Error('asked')),
      grpc: () => Promise.reject(new Error('asked')),
      serverNow: () => null,
    };
    await expect(pictureData(address, { http, environment }, signal)).rejects.toMatchObject({
      code: 'refused',
    });
  },
);

test('what is not a picture is refused', async () => {
  const http = answering('<script>', 'text/html');
  await expect(pictureData(url, { http, environment }, signal)).rejects.toMatchObject({ code: 'refused' });
});
