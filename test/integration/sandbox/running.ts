import { afterAll, beforeAll, beforeEach } from 'vitest';
import * as z from 'zod/mini';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';

const Keys = z.object({
  keys: z.array(
    z.object({
      key_id: z.string(),
      key_secret: z.string(),
      key: z.string(),
      alias: z.string(),
      scope: z.enum(['API', 'ADMIN']),
      account: z.string(),
      created_at: z.string(),
    }),
  ),
});

/** A key as the control API shows it. */
export type ControlKey = z.infer<typeof Keys>['keys'][number];

/** An answer with its body read, as JSON where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Asks and reads the whole answer. A body that isn't a string or a form is sent as JSON. */
export const ask = async (
  url: string,
  { method, headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> => {
  const form = body instanceof URLSearchParams ? body : undefined;
  const json = body !== undefined && !form;
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
    redirect: 'manual',
    ...(form ? { body: form } : json ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
};

/** Every key of a sandbox. */
export const keysOf = async (sandbox: Sandbox): Promise<ControlKey[]> =>
  Keys.parse((await ask(`${sandbox.control}/keys`)).body).keys;

/** A key of an account, ready for a header. @throws Error when there is none */
export const keyOf = async (
  sandbox: Sandbox,
  account: string,
  scope: 'API' | 'ADMIN',
): Promise<ControlKey & { headers: Record<string, string> }> => {
  const key = (await keysOf(sandbox)).find((one) => one.account === account && one.scope === scope);
  if (!key) throw new Error(`${account} has no ${scope} key`);
  return { ...key, headers: { authorization: `Key ${key.key}` } };
};

/** One sandbox for a file of tests, as new before each test. */
export const runningSandbox = (): (() => Sandbox) => {
  let sandbox: Sandbox | undefined;
  const get = (): Sandbox => {
    if (!sandbox) throw new Error('the sandbox is not running');
    return sandbox;
  };
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(async () => {
    await ask(`${get().control}/reset`, { method: 'POST' });
  });
  afterAll(async () => {
    await sandbox?.close();
  });
  return get;
};
