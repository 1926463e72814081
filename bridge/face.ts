import type { EventName, EventPayload } from '../contract/events.ts';
import type { Input } from '../contract/methods.ts';
import type { Shell } from '../core/shells/shells.ts';

/** What one face can do besides calling the core. */
export interface Face {
  name: 'desktop' | 'web';
  /** Sends an event to every window of this face. */
  emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void;
  /** Opens a page of fal's in the system's browser; false when none could be opened. */
  openPage(url: string): Promise<boolean>;
  /** Asks for a path with the system's own dialog; null when the person closes it. No such dialog: null. */
  choosePath: ((kind: Input<'app.choosePath'>['kind']) => Promise<string | null>) | null;
  /** Null where the clipboard is not this machine's user's. */
  clipboard: FaceClipboard | null;
  /** Null where the system has no such thing. */
  startAtLogin: { read(): boolean; change(on: boolean): void } | null;
  /** The shell whose export line is copied when none is named. */
  shell: Shell;
  quit(): void;
}

export interface FaceClipboard {
  read(): Promise<string>;
  /** Writes a secret, marked for clipboard managers to leave alone where there is a convention. */
  writeSecret(text: string): Promise<void>;
  clear(): Promise<void>;
}
