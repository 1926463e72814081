import type { RequestCredential } from '../credentials.ts';
import type { RequestTarget } from './targets.ts';

/** A credential in the log: its owner, never the credential itself. */
export type LoggedCredential =
  | { readonly kind: 'key'; readonly key_id: string; readonly account: string }
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'unknown' };

/** A request to the sandbox. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly target: RequestTarget;
  /** HTTP status of the answer; null before the answer, and after a lost connection. */
  status: number | null;
  /** When it arrived, ISO 8601. */
  readonly time: string;
  readonly credential: LoggedCredential | null;
  /** Its `X-Fal-User-Id`. */
  readonly acting_for: string | null;
  /** The fault that was applied. */
  fault: string | null;
}

/** How many requests are kept. */
const limit = 10_000;

/** Removes the secret from a credential. */
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

/** A path without secrets: the one-time ids of the provider's pages, and key secrets put there by mistake. */
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
