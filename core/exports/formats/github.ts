import { VarvelError } from '../../model/error.ts';
import type { Assignment, FormatDefinition } from './format.ts';
import { endOfLine, lineFormat, nextLine } from './lines.ts';

/** GitHub's $GITHUB_ENV: `NAME=value`, or lines between two lines of a delimiter. */
export const github = {
  label: 'GitHub Actions',
  readers: 'GitHub Actions: for the file $GITHUB_ENV.',
  fileName: null,
  ...lineFormat({ line: lineOf, find }),
} satisfies FormatDefinition;

/**
 * GitHub Actions' $GITHUB_ENV (“Workflow commands”, multiline strings): the value is between two lines of
 * a random delimiter, so that no value can end it early.
 * @throws VarvelError `invalid` for a name that GitHub reserves
 */
function lineOf(name: string, value: string): string {
  if (/^(GITHUB|RUNNER)_|^(CI|NODE_OPTIONS)$/i.test(name)) {
    throw new VarvelError('invalid', `GitHub doesn’t let workflows set ${name}.`, {
      action: 'choose_variable_name',
    });
  }
  let delimiter: string;
  do delimiter = `varvel_${crypto.randomUUID()}`;
  while (value.includes(delimiter));
  return `${name}<<${delimiter}\n${value}\n${delimiter}`;
}

function find(text: string, name: string): Assignment[] {
  const found: Assignment[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    const [, blockName, delimiter] = line.match(/^([^=<]+)<<(.+)$/) ?? [];
    if (blockName !== undefined && delimiter !== undefined) {
      const block = readBlock(text, nextLine(text, at), delimiter);
      if (blockName === name) found.push({ start: at, ...block });
      at = nextLine(text, block.end);
      continue;
    }
    if (line.startsWith(`${name}=`)) found.push({ start: at, end, value: line.slice(name.length + 1) });
    at = nextLine(text, at);
  }
  return found;
}

function readBlock(text: string, from: number, delimiter: string): { end: number; value: string } {
  const lines: string[] = [];
  for (let at = from; at < text.length; at = nextLine(text, at)) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    if (line === delimiter) return { end, value: lines.join('\n') };
    lines.push(line);
  }
  return { end: text.length, value: lines.join('\n') };
}
