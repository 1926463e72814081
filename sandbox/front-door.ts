import type { IncomingHttpHeaders } from 'node:http';
import { type Fault, type Faults, faultBody } from './control/faults.ts';
import { type LoggedRequest, loggedCredential, type RequestLog, safePath } from './control/request-log.ts';
import { type FaultTarget, faultTargets, type RequestTarget } from './control/targets.ts';
import type { Credentials } from './credentials.ts';
import type { KeyRegistry } from './keys.ts';

/** What the front door needs from a request and its answer, over HTTP/1 or HTTP/2. */
export interface Visit {
  readonly method: string;
  /** Path without its query. */
  readonly path: string;
  readonly target: RequestTarget;
  readonly headers: IncomingHttpHeaders;
  /** Calls back with the status once the answer has been sent completely. */
  onAnswered(listener: (status: number) => void): void;
  /** Cuts the connection. */
  drop(): void;
  /** Answers instead of the real handler. */
  answer(status: number, body: unknown): void;
  /** Discards the real handler's answer; calls `done` when it would have been sent. */
  mute(done: () => void): void;
  /** The real handler. */
  enter(): void;
}

export interface FrontDoor {
  /** Logs a request, applies a matching fault, and lets it in. */
  receive(visit: Visit): void;
  /** Drops waiting slow requests, so that nothing keeps the process alive. */
  close(): void;
}

const isFaultTarget = (target: RequestTarget): target is FaultTarget =>
  faultTargets.some((known) => known === target);

export const createFrontDoor = (
  credentials: Credentials,
  keys: KeyRegistry,
  faults: Faults,
  log: RequestLog,
): FrontDoor => {
  const timers = new Set<NodeJS.Timeout>();

  const note = ({ method, path, target, headers }: Visit): LoggedRequest => {
    const keyId = headers['auth-key-id'];
    const keySecret = headers['auth-key'];
    const credential =
      typeof keyId === 'string' && typeof keySecret === 'string'
        ? credentials.ofKey(keyId, keySecret)
        : credentials.ofHeader(headers.authorization);
    const account = headers['x-fal-user-id'] ?? headers['fal-user-id'];
    return {
      method,
      path: safePath(
        path,
        keys.all().map(({ key_secret }) => key_secret),
      ),
      target,
      status: null,
      time: new Date().toISOString(),
      credential: loggedCredential(credential),
      acting_for: typeof account === 'string' ? account : null,
      fault: null,
    };
  };

  const applyFault = (visit: Visit, fault: Fault): void => {
    if (fault.kind === 'slow') {
      const timer = setTimeout(() => {
        timers.delete(timer);
        visit.enter();
      }, fault.delay_ms);
      timers.add(timer);
      return;
    }
    const end = (): void =>
      fault.kind === 'drop'
        ? visit.drop()
        : visit.answer(fault.status, faultBody(fault.target, fault.status));
    if (fault.after) {
      visit.mute(end);
      visit.enter();
    } else end();
  };

  return {
    receive(visit) {
      if (visit.target === 'control') {
        visit.enter();
        return;
      }
      const request = note(visit);
      log.add(request);
      visit.onAnswered((status) => {
        if (request.fault !== 'drop') request.status = status;
      });
      const fault = isFaultTarget(visit.target) ? faults.take(visit.target, visit.path) : undefined;
      if (fault) {
        request.fault = fault.kind;
        applyFault(visit, fault);
      } else visit.enter();
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
};
