import type { HookShell, Shell } from './shells.ts';

/** A line of a start-up file. */
export interface StartUpLine {
  file: string;
  /** From 1. */
  line: number;
}

/** A line that sets FAL_KEY. It overrides every profile in the shells that read it. */
export interface KeySetting extends StartUpLine {
  /** The shells that read the file themselves; none for a file of the whole session. */
  shells: Shell[];
  /** The key's id if it is written there. */
  keyId: string | null;
}

export interface ShellHere {
  shell: HookShell;
  /** Found on this machine. */
  installed: boolean;
  /** The user's login shell. */
  login: boolean;
  /** Where to add the hook's line. */
  file: string;
  /** The line that loads the hook now. */
  hook: StartUpLine | null;
}

/** This machine's shells and what their start-up files do. */
export interface ShellsHere {
  /** The shells that have a hook. */
  shells: ShellHere[];
  sets: KeySetting[];
  /** Where shells find `varvel`; null when they don't: the hook then does nothing. */
  command: string | null;
}
