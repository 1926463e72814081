import type { EventName, EventPayload } from '../contract/events.ts';

/** The part of a web socket that is used. */
export interface EventSocket {
  readonly bufferedAmount: number;
  send(text: string): void;
  terminate(): void;
}

/** What a window that doesn't read may leave waiting, in bytes; it is cut off then, and reads anew when it wakes. */
const mostWaiting = 4_000_000;

export type Windows = ReturnType<typeof createWindows>;

/** The windows that listen: each is told every event. */
export function createWindows() {
  const open = new Set<EventSocket>();
  return {
    /** @returns what takes the window out again */
    add(socket: EventSocket): () => void {
      open.add(socket);
      return () => void open.delete(socket);
    },
    emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
      const text = JSON.stringify({ event, payload });
      for (const socket of open) {
        if (socket.bufferedAmount > mostWaiting) socket.terminate();
        else socket.send(text);
      }
    },
  };
}
