/** Everything Varvel knows about a shell. Each shell is one such object, and a line in the table of `shells.ts`. */
export interface ShellDefinition {
  /** Its display name. */
  label: string;
  /** The names of its programs, without a version or `.exe`. The first one starts it. */
  programs: readonly [string, ...string[]];
  /** The system where this is the default shell, by Node's name. */
  standardOn: string | null;
  /**
   * Sets an exported variable. Values hold printable ASCII only (see parseKey).
   * @throws VarvelError `invalid` for a value that the shell can't hold
   */
  set(name: string, value: string): string;
  /** Removes a variable, set or not. */
  unset(name: string): string;
  /** The command that uses a profile in an open shell; it holds no secret. */
  takeUp(profile: string): string;
  /** A regular expression for lines that set a variable in a start-up file; null when there are no such files. */
  setting: ((name: string) => string) | null;
  /** The files it may read when it starts, as places (see StartUpPlace). */
  startUpFiles: readonly StartUpPlace[];
  /** The prompt hook; null for a shell without one. */
  hook: ShellHook | null;
  /** The completion script in cli/framework/completion/completions; null for a shell without one. */
  completion: string | null;
}

/**
 * A file in the home folder, in the folder from a variable, in Windows' Documents, or anywhere. The variable's default is
 * the home folder for ZDOTDIR, and ~/.config for XDG_CONFIG_HOME. A `*` in its name matches all files with that ending.
 */
export type StartUpPlace =
  | `~/${string}`
  | `$ZDOTDIR/${string}`
  | `$XDG_CONFIG_HOME/${string}`
  | `$DOCUMENTS/${string}`
  | `/${string}`;

/** How a shell follows the profiles: it loads a script, which asks `varvel hook SHELL --answer` for what to set. */
export interface ShellHook {
  /** The script, in cli/hook/scripts. */
  script: string;
  /** The file that every interactive shell reads. */
  file: StartUpPlace;
  /** The file on Windows, if it is another. */
  fileOnWindows?: StartUpPlace;
  /** That file's display name. */
  fileLabel: string;
  /** The command that loads the hook. */
  load: string;
  /**
   * The line that loads the hook from that file. It is silent without varvel, free in shells without a prompt,
   * and never fails.
   */
  line: string;
  /** Lines, written by hand, that only load the hook. */
  handwritten: RegExp;
  /** Quotes a value for the shell. */
  quote(value: string): string;
  /** Sets one of the script's own variables, named in camelCase. */
  assign(name: string, value: string): string;
}
