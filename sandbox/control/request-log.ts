import type { RequestCredential } from '../credentials.ts';
import type { RequestTarget } from './targets.ts';

/** A credential as the log may show it: whose it was, never what it was. */
export type LoggedCredential =
  | { readonly kind: 'key'; readonly key_id: string; readonly account: string }
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'unknown' };

/** A request the sandbox was asked. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly target: RequestTarget;
  /** HTTP status of the answer; null while there is none, and for good when the connection was lost first. */
  status: number | null;
  /** When it arrived, ISO 8601. */
  readonly time: string;
  readonly credential: LoggedCredential | null;
  /** The `X-Fal-User-Id` it came with. */
  readonly acting_for: string | null;
  /** The fault that hit it. */
  fault: string | null;
}

/** Requests kept; older ones are forgotten first. */
const limit = 10_000;

/** Reduces a credential to what the log may show. */
export const loggedCredential = (credential: RequestCredential): LoggedCredential | null => {
  switch (credential.kind) {
    case 'none':
      return null;
    case 'unknown':
      return { kind: 'unknown' };
    case 'key':
      return { kind: 'key', key_id: credential.key.key_id, account: credential.account.nickname };
    case 'person':
      return { kind: 'person', person: credential.person.id };
  }
};

/** A path without what is secret in it: the one-time ids of the provider's pages, and any key secret put there by mistake. */
export const safePath = (path: string, secrets: readonly string[]): string => {
  const known = path.replace(/^\/(login|authorize|activate)\/[\w-]{20,}/, '/$1/…');
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), known);
};

export interface RequestLog {
  add(request: LoggedRequest): void;
  all(): readonly LoggedRequest[];
  clear(): void;
}

export const createRequestLog = (): RequestLog => {
  let requests: LoggedRequest[] = [];
  return {
    add(request) {
      requests.push(request);
      if (requests.length > limit) requests = requests.slice(-limit);
    },
    all: () => requests,
    clear: () => {
      requests = [];
    },
  };
};
