import type { WebContents } from 'electron';
import { eventChannel } from '../../contract/channels.ts';
import type { EventName, EventPayload } from '../../contract/events.ts';

/** Sends an event to a page, unless it is gone. */
export function sendEvent<Name extends EventName>(
  contents: WebContents,
  name: Name,
  payload: EventPayload<Name>,
): void {
  if (!contents.isDestroyed()) contents.send(eventChannel, name, payload);
}
