import * as z from 'zod/mini';
import type { Sandbox } from '../../../sandbox/start.ts';
import { ask } from '../sandbox/running.ts';

const log = z.object({
  requests: z.array(
    z.object({ method: z.string(), path: z.string(), target: z.string(), status: z.nullable(z.number()) }),
  ),
});

const read = async (sandbox: Sandbox) => log.parse((await ask(`${sandbox.control}/requests`)).body).requests;

/** How often the sandbox was sent a credential that it doesn't know. */
export const unauthorizedRequests = async (sandbox: Sandbox): Promise<number> =>
  (await read(sandbox)).filter(({ status }) => status === 401).length;

/** What the sandbox was asked, as `POST /oauth/token`, without queries. */
export async function requestsOf(sandbox: Sandbox): Promise<string[]> {
  const requests = await read(sandbox);
  return requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
}

/** How often the sandbox was asked for tokens. */
export const tokenRequests = async (sandbox: Sandbox): Promise<number> =>
  (await requestsOf(sandbox)).filter((request) => request === 'POST /oauth/token').length;
