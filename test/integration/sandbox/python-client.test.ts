import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { temporaryFolder } from '../platform/temporary-folder.ts';
import { ask, keyOf, runningSandbox } from './running.ts';
import { signIn } from './sign-in.ts';

/** A Python that has fal_client, from VARVEL_TEST_PYTHON: see CONTRIBUTING.md. */
const { VARVEL_TEST_PYTHON: python = 'python3' } = process.env;

const sandbox = runningSandbox();
const { path: home, [Symbol.dispose]: removeHome } = temporaryFolder();
afterAll(removeHome);

const Told = z.object({
  run: z.number(),
  subscribe: z.object({ images: z.number(), last: z.string(), logs: z.null() }),
  with_logs: z.object({
    images: z.number(),
    last: z.string(),
    logs: z.array(z.object({ message: z.string() })),
  }),
  async: z.number(),
  upload: z.string(),
  fallback: z.string(),
  scheme: z.string(),
});

async function callWith(env: Record<string, string>) {
  const { runUrl, queueUrl, restUrl, issuer } = sandbox().environment;
  const script = join(import.meta.dirname, 'python-client.py');
  const { PATH = '', PYTHONPATH = '' } = process.env;
  const { stdout } = await promisify(execFile)(
    python,
    [script, runUrl, queueUrl, restUrl, `${issuer}oauth/token`],
    { env: { PATH, PYTHONPATH, HOME: home, ...env } },
  );
  const told = Told.parse(JSON.parse(stdout));
  expect(told).toMatchObject({ run: 1, async: 1, subscribe: { images: 1, last: 'Completed' } });
  expect(told.with_logs.logs).toHaveLength(1);
  expect([(await ask(told.upload)).body, (await ask(told.fallback)).body]).toEqual(['a feather', 'a ring']);
  return told.scheme;
}

it('fal’s own Python client runs, queues with logs, and uploads, with a key', async () => {
  const { key } = await keyOf(sandbox(), 'falconers', 'API');
  expect(await callWith({ FAL_KEY: key })).toBe('Key');
});

it('… and with the sign-in of the fal CLI, which it refreshes only when it must', async () => {
  const { refresh_token, access_token } = await signIn(sandbox(), 'ada');
  mkdirSync(join(home, '.fal'), { recursive: true });
  const tokens = join(home, '.fal', 'auth0_token');
  const refreshes = async () =>
    z
      .object({ requests: z.array(z.object({ path: z.string() })) })
      .parse((await ask(`${sandbox().control}/requests`)).body)
      .requests.filter(({ path }) => path === '/oauth/token').length;
  const before = await refreshes();
  writeFileSync(tokens, `${refresh_token}\n${access_token}`);
  expect(await callWith({})).toBe('Bearer');
  expect(await refreshes()).toBe(before);
  writeFileSync(tokens, refresh_token);
  expect(await callWith({})).toBe('Bearer');
  expect(await refreshes()).toBe(before + 1);
});
