import * as z from 'zod/mini';
import { type Answer, answer, type Bridge } from '../contract/bridge.ts';
import type { EventPayload } from '../contract/events.ts';
import { toHint } from '../core/model/hint.ts';
import { windowTopics } from '../core/model/topic.ts';

// a strict CSP reports even the attempt to compile a schema
z.config({ jitless: true });

const message = z.object({ event: z.string(), payload: z.unknown() });

/** Waits between attempts to connect, in milliseconds; the last one stays. */
const waits = [300, 600, 1200, 2500, 5000] as const;

/** How long a call waits for the events to be listened to, in milliseconds. */
const patienceMs = 2000;

const everything: EventPayload<'changed'> = { topics: [...windowTopics] };

const unreachable: Answer = {
  error: {
    code: 'unreachable',
    message: 'Varvel is not running here any more.',
    hint: toHint('Start it again with `varvel web`, and open the link it prints.'),
  },
};

const unreadable: Answer = {
  error: {
    code: 'unexpected',
    message: 'Varvel gave an answer that can’t be read.',
    hint: toHint('Reload the window.'),
  },
};

/**
 * The bridge of a window in a browser. A call always answers, also when the program has gone. When the events break
 * off, and when they are back, everything counts as changed: the window reads again, and shows what it then finds.
 */
export function createWebBridge(): Bridge {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const settled = Promise.withResolvers<void>();
  let connectedOnce = false;
  let failures = 0;

  const tell = (event: string, payload: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };

  function connect(): void {
    let open = false;
    const socket = new WebSocket(`ws://${location.host}/events`);
    socket.addEventListener('open', () => {
      open = true;
      failures = 0;
      if (connectedOnce) tell('changed', everything);
      connectedOnce = true;
      settled.resolve();
    });
    socket.addEventListener('message', ({ data }) => {
      const { success, data: told } = z.safeParse(message, parsed(data));
      if (success) tell(told.event, told.payload);
    });
    socket.addEventListener('close', () => {
      settled.resolve();
      setTimeout(connect, waits[Math.min(failures, waits.length - 1)]);
      failures += 1;
      if (open) tell('changed', everything);
    });
  }

  connect();
  setTimeout(settled.resolve, patienceMs);

  return {
    async call(method, input) {
      // what happens after an answer must be heard of
      await settled.promise;
      let response: Response;
      let body: string;
      try {
        response = await fetch(`/bridge/${encodeURIComponent(method)}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(input ?? null),
        });
        body = await response.text();
      } catch {
        return unreachable;
      }
      const { success, data } = z.safeParse(answer, parsed(body));
      return success ? data : unreadable;
    },
    on(event, listener) {
      const told = listeners.get(event) ?? new Set();
      listeners.set(event, told.add(listener));
      return () => void told.delete(listener);
    },
  };
}

/** Undefined for what is no JSON. */
function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
