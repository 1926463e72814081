import type { Command, CommandTable } from '../command.ts';
import { isGroup } from '../command.ts';
import { globalOptions } from '../global-options.ts';
import { commandUsage, exitCodes, optionRows, variables } from './usage.ts';

/** Text for roff: backslashes, dashes, other letters, and a dot or quote that would begin a request. groff_char(7). */
const text = (words: string): string =>
  words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(
      /[^\x20-\x7e\n]/gu,
      (letter) => `\\[u${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .split('\n')
    .map((line) => line.replace(/^(?=[.'])/, '\\&'))
    .join('\n');

const heading = (title: string): string => `.SH ${title}\n`;
const rows = (list: readonly [string, string][]): string =>
  list.map(([name, words]) => `.TP\n.B ${text(name.trim())}\n${text(words)}\n`).join('');

function commandText(path: string[], command: Command): string {
  const parts = [
    `.SS "varvel ${text(path.join(' '))}"`,
    `${text(command.summary)}.`,
    `.PP\n.B ${text(commandUsage(path, command, Number.POSITIVE_INFINITY))}`,
    ...command.details
      .split('\n\n')
      .filter(Boolean)
      .map((paragraph) => `.PP\n${text(paragraph)}`),
    rows(optionRows(command.options)).trimEnd(),
  ];
  if (command.examples.length > 0)
    parts.push(`.PP\nExamples:\n.PP\n.nf\n.RS\n${command.examples.map(text).join('\n')}\n.RE\n.fi`);
  return `${parts.filter(Boolean).join('\n')}\n`;
}

/** Every command as a manual page, in roff, from the table that the help reads. */
export async function manualPage(commands: CommandTable, version: string): Promise<string> {
  let page = `.TH VARVEL 1 "" "Varvel ${text(version)}" "Varvel"\n${heading('NAME')}varvel \\- ${text('manage fal accounts, profiles and API keys')}\n`;
  page += `${heading('SYNOPSIS')}.B varvel\n.I COMMAND\n[options]\n`;
  page += `${heading('DESCRIPTION')}${text('Data goes to stdout, everything else to stderr. With --json, a command that prints data prints one JSON document.')}\n`;
  page += heading('COMMANDS');
  for (const [name, entry] of Object.entries(commands)) {
    const entries = isGroup(entry) ? Object.entries(entry.commands) : [[name, entry] as const];
    for (const [word, one] of entries) {
      const { command } = await one.load();
      page += commandText(isGroup(entry) ? [name, word] : [name], command);
    }
  }
  page += heading('OPTIONS') + rows([...optionRows(globalOptions), ['-V, --version', 'show the version']]);
  page += heading('ENVIRONMENT') + rows(variables);
  page += heading('"EXIT STATUS"') + rows(exitCodes);
  return page;
}
