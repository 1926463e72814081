import { commands, sections } from '../../commands.ts';
import { type Command, type CommandEntry, type CommandGroup, isGroup } from '../command.ts';
import { globalOptions } from '../global-options.ts';
import type { CommandOutput } from '../output/output.ts';
import { wrap } from '../output/wrap.ts';
import { commandUsage, optionRows, variables } from './usage.ts';

/** Longest line of help, in columns: 88, or the terminal's. */
const lineWidth = ({ columns }: CommandOutput): number => Math.min(88, columns() ?? 88);

/** Names and texts side by side; where that leaves a text too little room, it goes below its name. */
function sideBySide(rows: readonly [string, string][], width: number): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 2;
  const isBelow = width - left - 2 < 24;
  const indent = isBelow ? 6 : left + 2;
  return rows
    .map(([name, text]) => {
      const lines = wrap(text, width - indent).join(`\n${' '.repeat(indent)}`);
      return isBelow
        ? `  ${name.trimEnd()}\n${' '.repeat(indent)}${lines}`
        : `  ${name.padEnd(left)}${lines}`;
    })
    .join('\n');
}

export function commandHelp(path: string[], command: Command, output: CommandOutput): string {
  const title = (text: string) => output.paint('bold', text);
  const width = lineWidth(output);
  const indented = (text: string) => wrap(`  ${text}`, width).join('\n');
  const parts = [
    wrap(`${command.summary}.`, width).join('\n'),
    `${title('Usage')}\n${indented(commandUsage(path, command, width - 2))}`,
  ];
  if (command.details)
    parts.push(
      command.details
        .split('\n\n')
        .map((paragraph) => wrap(paragraph, width).join('\n'))
        .join('\n\n'),
    );
  const alias = aliasOf(path);
  if (alias) parts.push(`${title('Alias')}\n  varvel ${alias}`);
  const options = optionRows({ ...command.options, ...globalOptions });
  parts.push(`${title('Options')}\n${sideBySide(options, width)}`);
  if (command.examples.length)
    parts.push(`${title('Examples')}\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  return `${parts.join('\n\n')}\n`;
}

function aliasOf(path: string[]): string | null {
  const [group = '', word = ''] = path;
  const entry = commands[group];
  const alias = entry && isGroup(entry) ? entry.commands[word]?.alias : undefined;
  return alias === undefined ? null : `${group} ${alias}`;
}

export function groupHelp(name: string, output: CommandOutput): string {
  const group = commands[name];
  if (!group || !isGroup(group)) return '';
  const width = lineWidth(output);
  const rows = Object.entries(group.commands).map(([word, { summary, alias }]): [string, string] => [
    `${name} ${word}${alias ? `, ${alias}` : ''}`,
    summary,
  ]);
  return [
    wrap(`${group.summary}.`, width).join('\n'),
    `${output.paint('bold', 'Commands')}\n${sideBySide(rows, width)}`,
    `${wrap(`Run \`varvel ${name} COMMAND --help\` for details.`, width).join('\n')}\n`,
  ].join('\n\n');
}

const examples = [
  'varvel login',
  'varvel keys create bots --profile staging',
  'varvel switch staging',
  'varvel run -- python train.py',
];

export function overview(output: CommandOutput): string {
  const title = (text: string) => output.paint('bold', text);
  const width = lineWidth(output);
  const nameOf = (word: string, entry: CommandEntry | CommandGroup): string => {
    const whole = isGroup(entry) ? `${word} ${Object.keys(entry.commands).join('|')}` : word;
    return whole.length > Math.min(26, width / 2) ? `${word} …` : whole;
  };
  // one width of names for all sections
  const all = Object.values(sections).map((table) =>
    Object.entries(table).map(([word, entry]): [string, string] => [nameOf(word, entry), entry.summary]),
  );
  const left = Math.max(...all.flat().map(([name]) => name.length));
  const lists = Object.keys(sections).map((name, index) => {
    const rows = (all[index] ?? []).map(([word, text]): [string, string] => [word.padEnd(left), text]);
    return `${title(name)}\n${sideBySide(rows, width)}`;
  });
  return [
    wrap('Manage your fal accounts, profiles and API keys.', width).join('\n'),
    `${title('Usage')}\n  varvel COMMAND [options]`,
    ...lists,
    `${title('Options')}\n${sideBySide([...optionRows(globalOptions), ['-V, --version', 'show the version']], width)}`,
    `${title('Variables')}\n${sideBySide(variables, width)}`,
    `${title('Examples')}\n${examples.map((line) => `  ${line}`).join('\n')}`,
    `${wrap('Run `varvel COMMAND --help` for details. To try Varvel without an account, run `varvel sandbox`.', width).join('\n')}\n`,
  ].join('\n\n');
}
