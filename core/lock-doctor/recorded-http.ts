import type { SentRequest } from '../model/fal/diagnosis.ts';
import { printable } from '../model/printable.ts';
import type { Clock, Http } from '../ports.ts';

/** fal's headers that name a request. */
const idHeaders = ['x-fal-request-id', 'x-request-id'];

const requestIdOf = (headers: Headers): string | null => {
  const id = idHeaders.map((name) => headers.get(name)).find((value) => value !== null);
  return id == null ? null : printable(id).slice(0, 100);
};

/** The secrets in an authorization header: what follows its scheme, and a key's second half. */
function secretsOf(authorization: string | undefined): string[] {
  const credential = authorization?.slice(authorization.indexOf(' ') + 1) ?? '';
  const colon = credential.indexOf(':');
  return [credential, ...(colon < 0 ? [] : [credential.slice(colon + 1)])].filter((text) => text !== '');
}

/**
 * An Http that notes each request, without its query and headers, and keeps the secrets that it was sent with, so that
 * they can be taken out of what is shown.
 * @param limitMs the longest that a request takes, when it is sent
 */
export function recordRequests(http: Http, clock: Clock, limitMs: () => number) {
  const requests: SentRequest[] = [];
  const secrets = new Set<string>();
  const recorded: Http = {
    grpc: http.grpc,
    serverNow: http.serverNow,
    async fetch(url, init) {
      for (const secret of secretsOf(init.headers?.authorization)) secrets.add(secret);
      const { host, pathname } = new URL(url);
      const at = clock.now();
      const request: SentRequest = {
        at,
        method: init.method ?? 'GET',
        host,
        path: pathname,
        status: null,
        ms: 0,
        requestId: null,
      };
      requests.push(request);
      try {
        const response = await http.fetch(url, { timeoutMs: limitMs(), ...init });
        request.status = response.status;
        request.requestId = requestIdOf(response.headers);
        return response;
      } finally {
        request.ms = clock.now() - at;
      }
    },
  };
  return { http: recorded, requests, secrets };
}
