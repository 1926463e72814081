import type { FaultTarget, RequestTarget } from './targets.ts';

/** A failure that a test requested. */
export interface Fault {
  readonly target: FaultTarget;
  /** `slow` waits first, `drop` closes the connection, `status` answers with a status instead of doing the work. */
  readonly kind: 'slow' | 'drop' | 'status';
  /** HTTP status of a `status` fault. */
  readonly status: number;
  /** Milliseconds a `slow` fault waits. */
  readonly delay_ms: number;
  /** How many requests it affects; Infinity until it is removed. */
  readonly times: number;
  /** Only paths with this prefix; empty for every path of the target. */
  readonly path: string;
  /** For `drop` and `status`: the work is done, then its answer is lost (or replaced). */
  readonly after: boolean;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Uses the oldest fault for this request; undefined when there is none. */
  take(target: RequestTarget, path: string): Fault | undefined;
}

export const createFaults = (): Faults => {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.times });
    },
    clear: () => {
      waiting = [];
    },
    take(target, path) {
      const hit = waiting.find(({ fault }) => fault.target === target && path.startsWith(fault.path));
      if (!hit) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) waiting = waiting.filter((entry) => entry !== hit);
      return hit.fault;
    },
  };
};

/** The body of a `status` fault, in the words of the part that fails. */
export const faultBody = (target: FaultTarget, status: number): unknown => {
  const message = `The sandbox was told to answer ${status}.`;
  if (target === 'signin')
    return {
      error: status >= 500 ? 'server_error' : status === 429 ? 'too_many_requests' : 'invalid_request',
      error_description: message,
    };
  if (target !== 'platform') return { detail: message };
  const type =
    status === 401 || status === 403
      ? 'authorization_error'
      : status === 404
        ? 'not_found'
        : status === 429
          ? 'rate_limited'
          : status >= 500
            ? 'server_error'
            : 'validation_error';
  return { error: { type, message, request_id: 'fault' } };
};

const grpcCodes: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  409: 10,
  429: 8,
  500: 13,
  501: 12,
  502: 14,
  503: 14,
  504: 4,
};

/** The gRPC status code for an HTTP status; UNKNOWN (2) when there is none. */
export const grpcCodeOf = (status: number): number => grpcCodes[status] ?? 2;
