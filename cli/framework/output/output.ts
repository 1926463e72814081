import { printable, printableJson } from '../../../core/model/printable.ts';
import { isTerminalAt, type Stream, type Style } from './stream.ts';
import { type Column, fitted, tabbed } from './table.ts';
import { wrap } from './wrap.ts';

/** Where a command's output goes: data to stdout, everything else to stderr. */
export type CommandOutput = ReturnType<typeof createOutput>;

/** A part of a line: a text, or a text with its style. */
export type Part = string | readonly [Style, string];

/**
 * The only way out to the terminal. Texts may come from a server, a file or another person: each part is cleaned, and
 * only then gets our own style. A note is one line for a pipe, and wrapped at words on a terminal.
 * @param json print data as one JSON document
 */
export function createOutput({ stdout, stderr }: { stdout: Stream; stderr: Stream }, json: boolean) {
  let progressShown = false;

  const clearProgress = () => {
    if (progressShown) stderr.write('\r\x1b[K');
    progressShown = false;
  };

  const write = (text: string) => {
    clearProgress();
    stdout.write(text);
  };

  const painted = ({ paint }: Stream, parts: Part[]): string =>
    parts
      .map((part) => (typeof part === 'string' ? printable(part) : paint(part[0], printable(part[1]))))
      .join('');

  const wrapped = (stream: Stream, parts: Part[]): string => {
    const columns = stream.columns();
    const text = painted(stream, parts);
    return `${columns === null ? text : wrap(text, columns).join('\n')}\n`;
  };

  /** Prints a message to stderr, so that stdout stays data. */
  const note = (...parts: Part[]) => {
    clearProgress();
    stderr.write(wrapped(stderr, parts));
  };

  return {
    json,
    isTerminal: stdout.isTerminal,
    /** The width of stdout's terminal; null in a pipe. */
    columns: stdout.columns,
    /** Why some data wasn't written; null when all was, or the reader has gone. */
    lost: stdout.lost,
    /** Whether someone can answer a prompt. */
    canAsk: (): boolean => stderr.isTerminal && isTerminalAt(0),
    paint: stdout.paint,
    note,

    /** Writes our own text, such as a script or help, to stdout as it is. */
    write,

    line: (...parts: Part[]) => write(`${painted(stdout, parts)}\n`),

    document: (value: unknown) => write(`${printableJson(value, 2)}\n`),

    /** A document on one line, for a program that reads while the command goes on. */
    lineDocument: (value: unknown) => write(`${printableJson(value)}\n`),

    /** A document to stderr: an error. */
    noteDocument: (value: unknown) => {
      clearProgress();
      stderr.write(`${printableJson(value)}\n`);
    },

    /** Something has been done. */
    done: (text: string) => note(['green', '✓'], ` ${text}`),

    /** Something people should know while the command goes on. */
    warn: (text: string) => note(['yellow', 'warning:'], ` ${text}`),

    /** What to do next. */
    hint: (text: string) => note(['cyan', 'hint:'], ` ${text}`),

    /** What happens right now. Shown on a terminal only; the next output overwrites it. */
    progress: (text: string) => {
      if (!stderr.isTerminal) return;
      const room = (stderr.columns() ?? 80) - 1;
      stderr.write(`\r\x1b[K${stderr.paint('dim', [...printable(text)].slice(0, room).join(''))}`);
      progressShown = true;
    },

    clearProgress,

    /** Rows: aligned under their titles on a terminal, separated by tabs in a pipe. */
    table: <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) =>
      write(
        stdout.isTerminal ? fitted(columns, rows, stdout.columns(), stdout.paint) : tabbed(columns, rows),
      ),
  };
}
