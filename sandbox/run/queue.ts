import { randomUUID } from 'node:crypto';
import { modelById } from '../catalog.ts';
import type { Ledger } from '../usage/ledger.ts';

/** When a request starts and when it is done, in milliseconds after it was submitted. */
const pace = { waiting: 60, done: 400 } as const;

/** A request in the queue. */
export interface Queued {
  readonly id: string;
  readonly endpointId: string;
  /** The caller's user_id; undefined for a public model, whose requests everyone can see. */
  readonly account: string | undefined;
  readonly result: Record<string, unknown>;
  readonly callId: string | undefined;
  readonly submittedAt: number;
  cancelled: boolean;
}

export type QueueStatus = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED';

/** The app of an endpoint, as in the queue's URLs: owner and alias, without the path. */
export const appOf = (endpointId: string): string => endpointId.split('/').slice(0, 2).join('/');

export interface Queue {
  submit(request: Omit<Queued, 'id' | 'submittedAt' | 'cancelled'>): Queued;
  /** The request with this id in this app, or undefined. */
  find(app: string, id: string): Queued | undefined;
  status(request: Queued): QueueStatus;
  /** Cancels a request and refunds it; false when it is already done. */
  cancel(request: Queued): boolean;
}

/** @param now in milliseconds */
export const createQueue = (ledger: Ledger, now: () => number = Date.now): Queue => {
  const requests = new Map<string, Queued>();
  const status = (request: Queued): QueueStatus => {
    const age = now() - request.submittedAt;
    if (request.cancelled || age >= pace.done) return 'COMPLETED';
    return age < pace.waiting ? 'IN_QUEUE' : 'IN_PROGRESS';
  };
  return {
    submit(request) {
      const queued = { ...request, id: randomUUID(), submittedAt: now(), cancelled: false };
      requests.set(queued.id, queued);
      return queued;
    },
    find(app, id) {
      const request = requests.get(id);
      return request && appOf(request.endpointId) === app && modelById(request.endpointId)
        ? request
        : undefined;
    },
    status,
    cancel(request) {
      if (status(request) === 'COMPLETED') return false;
      request.cancelled = true;
      if (request.callId !== undefined) ledger.refund(request.callId);
      return true;
    },
  };
};
