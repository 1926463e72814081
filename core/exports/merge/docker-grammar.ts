import { docker } from '../formats/docker.ts';
import { type Assignment, bomOf, endOfLine, type Grammar, nextLine } from './assignment.ts';

/** docker's `--env-file`: all after the first equals sign is the value. */
export const dockerGrammar: Grammar = {
  line: docker,
  find(text, name) {
    const found: Assignment[] = [];
    for (let at = bomOf(text).length; at < text.length; at = nextLine(text, at)) {
      const end = endOfLine(text, at);
      const [, indent, given, value] = text.slice(at, end).match(/^([ \t]*)([^=\s#]+)=(.*)$/) ?? [];
      if (given === name && indent !== undefined && value !== undefined)
        found.push({ start: at + indent.length, end, value });
    }
    return found;
  },
};
