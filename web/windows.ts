import type { EventName, EventPayload } from '../contract/events.ts';

/** The part of a web socket that is used here. */
export interface EventSocket {
  readonly bufferedAmount: number;
  send(text: string): void;
  terminate(): void;
}

/** How much is buffered for a window that doesn't read, in bytes. Beyond it the window is disconnected. */
const maxBuffered = 4_000_000;

export type Windows = ReturnType<typeof createWindows>;

/** The connected windows. Each receives every event. */
export function createWindows() {
  const open = new Set<EventSocket>();
  return {
    /** @returns a function that removes the window */
    add(socket: EventSocket): () => void {
      open.add(socket);
      return () => void open.delete(socket);
    },
    emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
      const text = JSON.stringify({ event, payload });
      for (const socket of open) {
        if (socket.bufferedAmount > maxBuffered) socket.terminate();
        else socket.send(text);
      }
    },
  };
}
