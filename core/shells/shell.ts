/** All that Varvel knows of a shell. Each shell is one such object, and a line in the table of `shells.ts`. */
export interface ShellDefinition {
  /** What people call it. */
  label: string;
  /** The programs that are this shell, by their names without a version or `.exe`. The first one starts it. */
  programs: readonly [string, ...string[]];
  /** Node's name of the system whose users have this shell unless they say otherwise. */
  standardOn: string | null;
  /**
   * Sets an exported variable. Values hold printable ASCII only (see parseKey).
   * @throws VarvelError `invalid` for a value that the shell has no way to write
   */
  set(name: string, value: string): string;
  /** Removes a variable, set or not. */
  unset(name: string): string;
  /** The command that takes up a profile in an open shell; it has no secret in it. */
  takeUp(profile: string): string;
  /** A regular expression for what sets a variable in a start-up file; null when no such file does. */
  setting: ((name: string) => string) | null;
  /** The files it may read when it starts, as places (see StartUpPlace). */
  startUpFiles: readonly StartUpPlace[];
  /** The prompt hook; null for a shell without one. */
  hook: ShellHook | null;
  /** The completion script in cli/framework/completions; null for a shell without one. */
  completion: string | null;
}

/**
 * A file below the home folder, below the folder that a variable names, or anywhere. Without the variable it is the
 * home folder for ZDOTDIR, ~/.config for XDG_CONFIG_HOME. A `*` in its name stands for all files that end so.
 */
export type StartUpPlace = `~/${string}` | `$ZDOTDIR/${string}` | `$XDG_CONFIG_HOME/${string}` | `/${string}`;

/** How a shell follows the profiles: a script that it loads, which asks `varvel hook SHELL --now` for what to set. */
export interface ShellHook {
  /** The script, in cli/hook/scripts. */
  script: string;
  /** The file that every interactive shell reads. */
  file: StartUpPlace;
  /** The same on Windows, where it is another. */
  fileOnWindows?: StartUpPlace;
  /** What people call that file. */
  fileLabel: string;
  /** The command that loads the hook. */
  load: string;
  /**
   * The one line that loads the hook from that file. It says nothing where there is no varvel, costs nothing where
   * nobody looks at a prompt, and leaves no failure behind.
   */
  line: string;
  /** Lines as people write them by hand, which do nothing but load the hook. */
  handwritten: RegExp;
  /** A value as a word of the shell. */
  quote(value: string): string;
  /** Sets one of the script's own variables, named in camelCase. */
  assign(name: string, value: string): string;
}
