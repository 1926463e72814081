import type { EventName, EventPayload } from '../contract/events.ts';
import type { Input } from '../contract/methods.ts';
import type { FaceName } from '../core/model/face.ts';
import type { Updates } from '../core/model/machine/updates.ts';
import type { Shell } from '../core/shells/shells.ts';

/** What a face can do besides calling the core. */
export interface Face {
  name: FaceName;
  /** Sends an event to every window of this face. */
  emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void;
  /** Opens one of fal's pages in the system's browser; false when there is no browser. */
  openPage(url: string): Promise<boolean>;
  /** Asks for a path with the system's dialog; null when it is closed. Null on a face without such a dialog. */
  choosePath: ((kind: Input<'app.choosePath'>['kind']) => Promise<string | null>) | null;
  /** Null when the clipboard is not that of this machine's user. */
  clipboard: FaceClipboard | null;
  /** Null when the system can't do it. */
  startAtLogin: { read(): boolean; change(on: boolean): void } | null;
  /** Null where the face isn't a program of its own. */
  updates: FaceUpdates | null;
  /** The default shell for copied export lines. */
  shell: Shell;
  quit(): void;
}

/** A program that replaces itself by its newest release. What changes comes as the event `updates`. */
export interface FaceUpdates {
  read(): Updates;
  /** Looks for a newer release and downloads it; a failure is a state, not an error. */
  check(): Promise<void>;
  /** Ends the program and starts the downloaded release. @throws VarvelError when there is none */
  install(): void;
  change(choice: Partial<Pick<Updates, 'channel' | 'automatic'>>): void;
}

export interface FaceClipboard {
  read(): Promise<string>;
  /** Writes a secret, marked for clipboard managers to ignore where there is a convention. */
  writeSecret(text: string): Promise<void>;
  clear(): Promise<void>;
}
