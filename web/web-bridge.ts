import * as z from 'zod/mini';
import { type Answer, answer, type Bridge } from '../contract/bridge.ts';
import type { EventPayload } from '../contract/events.ts';
import { toHint } from '../core/model/hint.ts';
import { windowTopics } from '../core/model/topic.ts';
import { metaNames, proofPath, windowHeader, windowParameter } from './page-secrets.ts';

// a strict CSP reports even the attempt to compile a schema
z.config({ jitless: true });

const proven = z.object({ proof: z.string() });
const message = z.object({ event: z.string(), payload: z.unknown() });

/** Delays between attempts to connect, in milliseconds. The last one repeats. */
const retryDelays = [300, 600, 1200, 2500, 5000] as const;

/** How long a call waits for the event socket, in milliseconds. */
const connectTimeoutMs = 5000;

const everything: EventPayload<'changed'> = { topics: [...windowTopics] };

const unreachable: Answer = {
  error: {
    code: 'unreachable',
    message: 'Varvel is no longer running.',
    hint: toHint('Run `varvel web` again, and open the link it prints.'),
  },
};

const unreadable: Answer = {
  error: {
    code: 'unexpected',
    message: 'Varvel sent an invalid answer.',
    hint: toHint('Reload the window.'),
  },
};

/**
 * The bridge of a window in a browser. A call always answers, even when the program has stopped. When the event socket
 * closes or reconnects, everything counts as changed, so the window reads everything again.
 *
 * When the program has gone, another one may take its port, also another user's. So nothing is sent but while a socket is open to the
 * program that served this page, and no cookie goes to one that hasn't proven to be it.
 */
export function createWebBridge(): Bridge {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const settled = Promise.withResolvers<void>();
  const said = (name: string) =>
    document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
  const instance = said(metaNames.instance);
  const ownWindow = said(metaNames.window);
  let isOurs = false;
  let connectedOnce = false;
  let failures = 0;

  const emit = (event: string, payload: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };

  function retry(): void {
    isOurs = false;
    settled.resolve();
    setTimeout(connect, retryDelays[Math.min(failures, retryDelays.length - 1)]);
    failures += 1;
  }

  async function connect(): Promise<void> {
    if (!(await isProgramOf(instance))) return retry();
    let isOpen = false;
    const socket = new WebSocket(`ws://${location.host}/events?${windowParameter}=${ownWindow}`);
    socket.addEventListener('open', () => {
      isOpen = true;
      isOurs = true;
      failures = 0;
      if (connectedOnce) emit('changed', everything);
      connectedOnce = true;
      settled.resolve();
    });
    socket.addEventListener('message', ({ data }) => {
      const told = z.safeParse(message, parsed(data));
      if (told.success) emit(told.data.event, told.data.payload);
    });
    socket.addEventListener('close', () => {
      retry();
      if (isOpen) emit('changed', everything);
    });
  }

  void connect();
  setTimeout(settled.resolve, connectTimeoutMs);

  return {
    async call(method, input) {
      // connect first, so that no event after the answer is missed
      await settled.promise;
      if (!isOurs) return unreachable;
      let response: Response;
      let body: string;
      try {
        response = await fetch(`/bridge/${encodeURIComponent(method)}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', [windowHeader]: ownWindow },
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
      const added = listeners.get(event) ?? new Set();
      listeners.set(event, added.add(listener));
      return () => void added.delete(listener);
    },
  };
}

/** Whether the program at our address is the one that served this page. It is sent no cookie, and nothing that it could use. */
async function isProgramOf(instance: string): Promise<boolean> {
  if (instance === '') return false;
  const challenge = hex(crypto.getRandomValues(new Uint8Array(32)));
  const text = new TextEncoder();
  try {
    const response = await fetch(proofPath, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ challenge }),
    });
    const { success, data } = z.safeParse(proven, parsed(await response.text()));
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', text.encode(instance), hmac, false, ['sign']);
    return (
      success &&
      data.proof === hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(challenge))))
    );
  } catch {
    return false;
  }
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Undefined for invalid JSON. */
function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
