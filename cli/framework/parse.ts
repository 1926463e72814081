import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { VarvelError } from '../../core/model/error.ts';
import { didYouMean } from '../../core/nearest.ts';
import { commands } from '../commands.ts';
import { type Command, type CommandEntry, type CommandTable, isGroup, type Option } from './command.ts';
import { globalOptions } from './global-options.ts';

/** What the first words ask for. */
export type Request =
  | { kind: 'command'; path: string[]; entry: CommandEntry; rest: string[] }
  | { kind: 'group'; path: string[] }
  | { kind: 'overview' };

const usage = (message: string, hint: string) => new VarvelError('usage', message, hint);

/**
 * Finds the command in the first words; global options may stand before it.
 * @throws VarvelError `usage` for a command that doesn't exist
 */
export function findCommand(argv: string[]): Request {
  const before: string[] = [];
  const words = [...argv];
  const path: string[] = [];
  let table: CommandTable = commands;
  for (;;) {
    const word = words.shift();
    if (word === undefined) return path.length === 0 ? { kind: 'overview' } : { kind: 'group', path };
    if (word.startsWith('-') && word !== '--') {
      before.push(word);
      continue;
    }
    const entry = Object.hasOwn(table, word) ? table[word] : undefined;
    if (!entry) {
      if (word === 'help' && path.length === 0) return findCommand([...words, '--help', ...before]);
      throw usage(
        `There is no command “varvel ${[...path, word].join(' ').slice(0, 80)}”.`,
        didYouMean(word, Object.keys(table), `\`varvel ${[...path, ''].join(' ')}--help\` shows them all.`),
      );
    }
    path.push(word);
    if (!isGroup(entry)) return { kind: 'command', path, entry, rest: [...before, ...words] };
    table = entry.commands;
  }
}

/** Reads `--name` and `-n` out of the words that stand before `--`. */
export const hasFlag = (argv: string[], name: keyof typeof globalOptions): boolean => {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const short = globalOptions[name]?.short;
  return words.includes(`--${name}`) || (short !== undefined && words.includes(`-${short}`));
};

export interface Parsed {
  values: Record<string, string | boolean | undefined>;
  positionals: string[];
}

/**
 * Reads a command's arguments.
 * @throws VarvelError `usage` naming the word that is wrong, with the nearest that would be right
 */
export function parseCommand(command: Command, path: string[], words: string[]): Parsed {
  const options = { ...command.options, ...globalOptions };
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]),
  );
  const help = `See \`varvel ${path.join(' ')} --help\`.`;
  const values: Parsed['values'] = {};
  const positionals: string[] = [];
  const { tokens } = parseArgs({
    args: words,
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) {
      const names = Object.keys(options).map((name) => `--${name}`);
      throw usage(
        `There is no option ${token.rawName.slice(0, 80)}.`,
        didYouMean(token.rawName, names, help),
      );
    }
    values[token.name] = optionValue(option, token.rawName, token.value, help);
  }
  checkPositionals(command, positionals, help);
  return { values, positionals };
}

function optionValue(
  option: Option,
  name: string,
  value: string | undefined,
  help: string,
): string | boolean {
  if (option.type === 'boolean') {
    if (value !== undefined) throw usage(`${name} takes no value.`, help);
    return true;
  }
  if (value === undefined || (value.startsWith('--') && value.length > 2)) {
    throw usage(
      `${name} needs a value.`,
      `${help} A value that begins with a dash is written ${name}=VALUE.`,
    );
  }
  if (option.choices && !option.choices.includes(value)) {
    throw usage(
      `“${value.slice(0, 80)}” is no value for ${name}.`,
      didYouMean(value, option.choices, `Use one of ${option.choices.join(', ')}.`),
    );
  }
  return value;
}

function checkPositionals(command: Command, given: string[], help: string): void {
  const required = command.positionals.filter(({ optional }) => !optional);
  const missing = required[given.length];
  if (missing) throw usage(`${missing.name} is missing.`, help);
  const takesRest = command.positionals.some(({ rest }) => rest);
  const extra = given[command.positionals.length];
  if (extra !== undefined && !takesRest) {
    throw usage(`“${extra.slice(0, 80)}” is one word too many.`, help);
  }
  command.positionals.forEach(({ choices, name }, index) => {
    const word = given[index];
    if (choices && word !== undefined && !choices.includes(word)) {
      throw usage(
        `“${word.slice(0, 80)}” is no ${name}.`,
        didYouMean(word, choices, `Use one of ${choices.join(', ')}.`),
      );
    }
  });
}
