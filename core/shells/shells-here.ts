import type { HookShell } from './shells.ts';

/** A line of a start-up file. */
export interface StartUpLine {
  file: string;
  /** From 1. */
  line: number;
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
  /** The lines that set FAL_KEY. They override every profile in the shells that read them. */
  sets: StartUpLine[];
  /** Where shells find `varvel`; null when they don't: the hook then does nothing. */
  command: string | null;
}
