import type { HookShell } from './shells.ts';

/** A line of a file that shells read when they start. */
export interface StartUpLine {
  file: string;
  /** From 1 on. */
  line: number;
}

export interface ShellHere {
  shell: HookShell;
  /** Found on this machine. */
  installed: boolean;
  /** The user's own, by the system's account of them. */
  login: boolean;
  /** Where the hook's line would go. */
  file: string;
  /** Where the hook is loaded now. */
  hook: StartUpLine | null;
}

/** The shells of this machine and what their start-up files do. */
export interface ShellsHere {
  /** Those that have a hook. */
  shells: ShellHere[];
  /** Where FAL_KEY is set: such a key beats every profile in the shells that read it. */
  sets: StartUpLine[];
  /** Where shells find `varvel`; null when they don't, and the hook then does nothing. */
  command: string | null;
}
