import type { Varvel } from '../../core/varvel.ts';
import type { CommandOutput } from './output/output.ts';

/** One option of a command, as `node:util`'s parseArgs and the help read it. */
export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  /** The value's placeholder in the help, for example `PROFILE`. */
  value?: string;
  /** The only values it takes. */
  choices?: readonly string[];
  /** What completion offers. */
  completes?: Completes;
  describe: string;
}

/** Names that completion can offer. */
export type Completes =
  | 'profiles'
  | 'accounts'
  | 'keys'
  | 'keys and profiles'
  | 'identities'
  | 'files'
  | 'fields'
  | 'rotate-by'
  | 'settings'
  | 'connections'
  | 'completion shells';

export interface Positional {
  /** In capitals, as the help shows it. */
  name: string;
  optional?: true;
  /** Takes all that follow. */
  rest?: true;
  completes?: Completes;
  choices?: readonly string[];
}

type OptionTable = Record<string, Option>;

type Values<Options extends OptionTable> = {
  [Name in keyof Options]?: Options[Name]['type'] extends 'string' ? string : boolean;
};

/** What a command gets besides its arguments. */
export interface Context {
  output: CommandOutput;
  env: NodeJS.ProcessEnv;
  /** The folder the command was started in. @throws VarvelError `not_found` when it has been deleted */
  cwd(): string;
  /** Every command, for completion. */
  commands: CommandTable;
  /** Aborted on the first Ctrl-C. */
  signal: AbortSignal;
  /** Builds the ports and the core on first use. */
  open(): Promise<Varvel>;
}

export interface CommandSpec<Options extends OptionTable> {
  summary: string;
  /** More, for `--help`: paragraphs. */
  details?: string;
  /** Lines of `varvel …` that show its use. */
  examples?: readonly string[];
  /** Whether rotations and temporary keys that are due are seen to after it. Not after what runs in a prompt, a start-up file or a script's loop. */
  doesDueWork?: boolean;
  options: Options;
  positionals: readonly Positional[];
  /** @returns the exit code; nothing means 0 */
  run(context: Context, values: Values<Options>, positionals: string[]): Promise<number | undefined>;
}

/** A command whose options' types are forgotten, for the table of all commands. */
export interface Command {
  summary: string;
  details: string;
  examples: readonly string[];
  doesDueWork: boolean;
  options: OptionTable;
  positionals: readonly Positional[];
  run(
    context: Context,
    values: Record<string, string | boolean | undefined>,
    positionals: string[],
  ): Promise<number | undefined>;
}

/** Defines a command; the values that its `run` gets have the types of its options. */
export function defineCommand<const Options extends OptionTable>(spec: CommandSpec<Options>): Command {
  return {
    details: '',
    examples: [],
    doesDueWork: true,
    ...spec,
    run: (context, values, positionals) => spec.run(context, pick(spec.options, values), positionals),
  };
}

/** Keeps the values whose type is their option's; parseArgs gives no others. */
function pick<Options extends OptionTable>(
  options: Options,
  values: Record<string, string | boolean | undefined>,
): Values<Options> {
  const picked: Values<Options> = {};
  for (const name in options) {
    const value = values[name];
    if (typeof value === options[name]?.type) Object.assign(picked, { [name]: value });
  }
  return picked;
}

/** A command by its one-line summary; its code is loaded only when it is called. */
export interface CommandEntry {
  summary: string;
  /** A shorter word for it. */
  alias?: string;
  load(): Promise<{ command: Command }>;
}

export interface CommandGroup {
  summary: string;
  commands: Record<string, CommandEntry>;
}

export type CommandTable = Record<string, CommandEntry | CommandGroup>;

/** The entry of a word, which may be a command's alias. */
export function entryOf(table: CommandTable, word: string): [string, CommandEntry | CommandGroup] | null {
  const own = Object.hasOwn(table, word) ? table[word] : undefined;
  if (own) return [word, own];
  return Object.entries(table).find(([, entry]) => !isGroup(entry) && entry.alias === word) ?? null;
}

export const isGroup = (entry: CommandEntry | CommandGroup): entry is CommandGroup => 'commands' in entry;
