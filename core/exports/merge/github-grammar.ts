import { github } from '../formats/github.ts';
import { type Assignment, endOfLine, type Grammar, nextLine } from './assignment.ts';

/** GitHub's $GITHUB_ENV: `NAME=value`, or lines between two lines of a delimiter. */
export const githubGrammar: Grammar = {
  line: github,
  find(text, name) {
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
  },
};

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
