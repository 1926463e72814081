import { commands } from '../commands.ts';
import { type Command, isGroup, type Option, type Positional } from './command.ts';
import { globalOptions } from './global-options.ts';
import type { CommandOutput } from './output.ts';
import { wrap } from './wrap.ts';

/** Longest line of help, in columns. */
const lineWidth = 88;

const columns = (rows: [string, string][]): string => {
  const left = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows
    .map(([name, text]) => {
      const [first = '', ...more] = wrap(text, lineWidth - left - 2);
      return [`  ${name.padEnd(left)}${first}`, ...more.map((line) => ' '.repeat(left + 2) + line)].join(
        '\n',
      );
    })
    .join('\n');
};

const positionalText = ({ name, optional, rest, choices }: Positional): string => {
  const text = (choices ? choices.join('|') : name) + (rest ? '…' : '');
  return optional ? `[${text}]` : text;
};

const optionText = (name: string, option: Option): string => {
  const value = option.type === 'string' ? ` ${option.choices?.join('|') ?? option.value ?? 'VALUE'}` : '';
  return `${option.short ? `-${option.short}, ` : '    '}--${name}${value}`;
};

const optionRows = (options: Record<string, Option>): [string, string][] =>
  Object.entries(options).map(([name, option]) => [optionText(name, option), option.describe]);

/** A command's usage, on one line. */
export function commandUsage(path: string[], command: Command): string {
  const options = Object.entries(command.options).map(
    ([name, option]) => `[${optionText(name, option).trim()}]`,
  );
  const words = command.positionals.map(positionalText);
  // options after -- would belong to the other program
  const last = command.positionals.some(({ name }) => name.startsWith('--'));
  const line = (said: string[]) =>
    ['varvel', ...path, ...(last ? [...said, ...words] : [...words, ...said])].join(' ');
  const long = line(options);
  return long.length <= lineWidth ? long : line(['[options]']);
}

export function commandHelp(path: string[], command: Command, output: CommandOutput): string {
  const title = (text: string) => output.paint('bold', text);
  const parts = [`${command.summary}.`, `${title('Usage')}\n  ${commandUsage(path, command)}`];
  if (command.details) {
    parts.push(
      command.details
        .split('\n\n')
        .map((paragraph) => wrap(paragraph, lineWidth).join('\n'))
        .join('\n\n'),
    );
  }
  parts.push(`${title('Options')}\n${columns(optionRows({ ...command.options, ...globalOptions }))}`);
  if (command.examples.length)
    parts.push(`${title('Examples')}\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  return `${parts.join('\n\n')}\n`;
}

export function groupHelp(name: string, output: CommandOutput): string {
  const group = commands[name];
  if (!group || !isGroup(group)) return '';
  const rows = Object.entries(group.commands).map(([word, { summary }]): [string, string] => [
    `${name} ${word}`,
    summary,
  ]);
  return `${group.summary}.\n\n${output.paint('bold', 'Commands')}\n${columns(rows)}\n\nRun \`varvel ${name} COMMAND --help\` for details.\n`;
}

export function overview(output: CommandOutput): string {
  const title = (text: string) => output.paint('bold', text);
  const rows = Object.entries(commands).map(([word, entry]): [string, string] => [
    isGroup(entry) ? `${word} ${Object.keys(entry.commands).join('|')}` : word,
    entry.summary,
  ]);
  const wide = rows.map(([name, text]): [string, string] => [
    name.length > 40 ? `${name.split(' ')[0]} …` : name,
    text,
  ]);
  return [
    'Manage your fal accounts, profiles and API keys.',
    `${title('Usage')}\n  varvel COMMAND [options]`,
    `${title('Commands')}\n${columns(wide)}`,
    `${title('Options')}\n${columns([...optionRows(globalOptions), ['-V, --version', 'show the version']])}`,
    `${title('Variables')}\n${columns([
      ['VARVEL_PROFILE', 'the profile for this process'],
      ['VARVEL_HOME', 'the folder for Varvel’s data'],
      ['VARVEL_VAULT', 'keychain or file: where secrets are stored'],
      ['VARVEL_PASSPHRASE, VARVEL_PASSPHRASE_FILE', 'unlock the passphrase vault without a prompt'],
      ['VARVEL_ENVIRONMENT', 'fal, sandbox, or the path of an environment file'],
    ])}`,
    'Run `varvel COMMAND --help` for details. To try Varvel without an account, run `varvel sandbox`.\n',
  ].join('\n\n');
}
