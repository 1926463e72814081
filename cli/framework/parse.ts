import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { VarvelError } from '../../core/model/error.ts';
import { didYouMean } from '../../core/nearest.ts';
import { commands } from '../commands.ts';
import {
  type Command,
  type CommandEntry,
  type CommandTable,
  entryOf,
  isGroup,
  type Option,
} from './command.ts';
import { globalOptions } from './global-options.ts';

/** What the first words ask for. */
export type Request =
  | { kind: 'command'; path: string[]; entry: CommandEntry; rest: string[] }
  | { kind: 'group'; path: string[] }
  | { kind: 'overview' }
  | { kind: 'version' };

const usage = (message: string, hint: string) => new VarvelError('usage', message, hint);

/**
 * Finds the command in the first words; global options may come before it.
 * @throws VarvelError `usage` for a command that doesn't exist
 */
export function findCommand(argv: string[]): Request {
  const before: string[] = [];
  const words = [...argv];
  const path: string[] = [];
  let table: CommandTable = commands;
  for (;;) {
    const word = words.shift();
    if (word === undefined) {
      if (before.some((option) => ['--version', '-V'].includes(option))) return { kind: 'version' };
      refuseMisplaced(before);
      return path.length === 0 ? { kind: 'overview' } : { kind: 'group', path };
    }
    if (word.startsWith('-') && word !== '--') {
      before.push(word);
      continue;
    }
    const found = entryOf(table, word);
    if (!found) {
      if (word === 'help' && path.length === 0) return findCommand([...words, '--help', ...before]);
      // the word may be the value of an option that belongs after the command
      refuseMisplaced(before);
      throw usage(
        `“varvel ${[...path, word].join(' ').slice(0, 80)}” is not a command.`,
        didYouMean(
          word,
          path.length === 0 ? [...Object.keys(table), '--version'] : Object.keys(table),
          `Run \`varvel ${[...path, ''].join(' ')}--help\` to see all commands.`,
        ),
      );
    }
    const [name, entry] = found;
    path.push(name);
    if (!isGroup(entry)) return { kind: 'command', path, entry, rest: [...before, ...words] };
    table = entry.commands;
  }
}

/** @throws VarvelError `usage` for an option before the command that is not a global one */
function refuseMisplaced(before: string[]): void {
  const names = Object.entries(globalOptions).flatMap(([name, { short }]) =>
    short ? [`--${name}`, `-${short}`] : [`--${name}`],
  );
  const wrong = before.find((option) => !names.includes(option));
  if (wrong === undefined) return;
  const name = wrong.split('=')[0] ?? wrong;
  const known = [...names, '--version', '-V'];
  const sameLetter = known.filter((each) => each.toLowerCase() === name.toLowerCase());
  throw usage(
    `“${name.slice(0, 80)}” is not a global option.`,
    didYouMean(
      name,
      sameLetter.length > 0 ? sameLetter : known.filter((each) => each.startsWith('--')),
      'Put a command’s options after it: varvel COMMAND [options].',
    ),
  );
}

/** Whether `--name` or `-n` is among the words before `--`. */
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
 * @throws VarvelError `usage` naming the wrong word, with the nearest right one
 */
export function parseCommand(command: Command, path: string[], words: string[]): Parsed {
  const options = { ...command.options, ...globalOptions };
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]),
  );
  const help = `Run \`varvel ${path.join(' ')} --help\` for usage.`;
  const values: Parsed['values'] = {};
  const positionals: string[] = [];
  const { tokens } = parseArgs({
    args: words,
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  let verbatim = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') verbatim = true;
    if (token.kind === 'positional') {
      const meant = command.positionals[positionals.length] ?? command.positionals.at(-1);
      // the name of a thing, such as "$KEY" where the variable isn't set
      if (token.value === '' && !verbatim && meant?.completes) throw usage(`${meant.name} is empty.`, help);
      positionals.push(token.value);
    }
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) {
      if (positionals.length > 0 && command.positionals.some(({ name }) => name.startsWith('-- '))) {
        throw usage(
          `“${token.rawName.slice(0, 80)}” comes before --.`,
          `Put -- before the command: varvel ${[...path, '--', ...positionals, token.rawName].join(' ').slice(0, 160)} …`,
        );
      }
      const names = Object.keys(options).map((name) => `--${name}`);
      throw usage(
        `“${token.rawName.slice(0, 80)}” is not an option of this command.`,
        didYouMean(token.rawName, names, help),
      );
    }
    if (values[token.name] !== undefined && !Object.hasOwn(globalOptions, token.name)) {
      throw usage(`${token.rawName} was given twice.`, 'Use it once.');
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
    if (value !== undefined) throw usage(`${name} doesn’t take a value.`, help);
    return true;
  }
  if (value === undefined || value === '' || (value.startsWith('--') && value.length > 2)) {
    throw usage(`${name} needs a value.`, `${help} If the value starts with a dash, write ${name}=VALUE.`);
  }
  if (option.choices && !option.choices.includes(value)) {
    throw usage(
      `“${value.slice(0, 80)}” is not a valid value for ${name}.`,
      didYouMean(value, option.choices, `Use one of ${option.choices.join(', ')}.`),
    );
  }
  return value;
}

function checkPositionals(command: Command, given: string[], help: string): void {
  const required = command.positionals.filter(({ optional }) => !optional);
  const missing = required[given.length];
  if (missing) throw usage(`${missing.name.replace('-- ', '')} is missing.`, help);
  const takesRest = command.positionals.some(({ rest }) => rest);
  const extra = given[command.positionals.length];
  if (extra !== undefined && !takesRest) {
    throw usage(`Unexpected argument “${extra.slice(0, 80)}”.`, help);
  }
  command.positionals.forEach(({ choices, name }, index) => {
    const word = given[index];
    if (choices && word !== undefined && !choices.includes(word)) {
      throw usage(
        `“${word.slice(0, 80)}” is not a valid ${name}.`,
        didYouMean(word, choices, `Use one of ${choices.join(', ')}.`),
      );
    }
  });
}
