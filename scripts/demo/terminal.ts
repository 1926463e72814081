import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

/** The line width of an explanation, in columns. */
const lineWidth = 92;

/** The demo's own output, which looks different from the commands' output. */
export interface Terminal {
  title(text: string): void;
  /** A step's heading; steps are numbered. */
  step(text: string): void;
  /** Explains in a sentence or two. */
  explain(text: string): void;
  /** A command before it runs. */
  command(line: string): void;
  /** Something outside the commands, such as in the browser. */
  event(where: string, text: string): void;
  /** A remark on a command's output. */
  remark(text: string): void;
  end(text: string): void;
}

export function createTerminal(): Terminal {
  let steps = 0;
  /** Whether the last text belongs to the next. */
  let leadsOn = false;
  // a waiting command may have left a progress line, which it overwrites later
  const clear = process.stdout.isTTY ? '\r\x1b[K' : '';
  const write = (text: string) => void process.stdout.write(`${clear}${text}\n`);
  const paragraph = (text: string, leads: boolean) => {
    write(leadsOn ? text : `\n${text}`);
    leadsOn = leads;
  };
  return {
    title: (text) => paragraph(paint('bold', text), true),
    step: (text) => {
      steps += 1;
      leadsOn = false;
      paragraph(paint(['bold', 'yellow'], `${steps}. ${text}`), true);
    },
    explain: (text) =>
      paragraph(
        wrap(text)
          .map((line) => paint('dim', line))
          .join('\n'),
        true,
      ),
    command: (line) => paragraph(`${paint('dim', '$')} ${paint('bold', line)}`, false),
    event: (where, text) => write(paint('dim', `  ${where}: ${text}`)),
    remark: (text) => write(paint('dim', `  ${text}`)),
    end: (text) => paragraph(paint(['bold', 'green'], text), false),
  };
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < lineWidth)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
