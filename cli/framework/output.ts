import { stripVTControlCharacters } from 'node:util';
import { isTerminalAt, type Stream, type Style } from './stream.ts';

/** Where a command's output goes: data to stdout, everything else to stderr. */
export type CommandOutput = ReturnType<typeof createOutput>;

/** One column of a table. */
export interface Column<Row> {
  title: string;
  text(row: Row): string;
  style?(row: Row): Style | null;
  align?: 'right';
}

/** Shows control characters as �: names and notes may come from other people. */
const printable = (text: string): string =>
  stripVTControlCharacters(text).replace(/[\p{Cc}\p{Bidi_Control}]/gu, '�');

const ansi = '\u001b';
/** Our own colours and line breaks, or else a control character. */
const controlSequences = new RegExp(`(${ansi}\\[[\\d;]*m|\\n)|[\\p{Cc}\\p{Bidi_Control}]`, 'gu');
const printableNote = (text: string): string =>
  text.replace(controlSequences, (_, own?: string) => own ?? '�');

/**
 * @param json print data as one JSON document
 */
export function createOutput({ stdout, stderr }: { stdout: Stream; stderr: Stream }, json: boolean) {
  const { paint } = stdout;
  const paintNote = stderr.paint;
  let progressShown = false;

  const clearProgress = () => {
    if (progressShown) stderr.write('\r\x1b[K');
    progressShown = false;
  };

  /** Prints a message to stderr, so that stdout stays data. */
  const note = (text: string) => {
    clearProgress();
    stderr.write(`${printableNote(text)}\n`);
  };

  return {
    json,
    isTerminal: stdout.isTerminal,
    /** Whether someone can answer a prompt. */
    canAsk: (): boolean => stderr.isTerminal && isTerminalAt(0),
    paint,
    paintNote,
    printable,
    note,

    /** Writes to stdout as it is. */
    write: (text: string) => {
      clearProgress();
      stdout.write(text);
    },

    line: (text: string) => {
      clearProgress();
      stdout.write(`${text}\n`);
    },

    document: (value: unknown) => {
      clearProgress();
      stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },

    /** Writes to stderr as it is. */
    errorText: (text: string) => stderr.write(text),

    /** Something people should know while the command goes on. */
    warn: (text: string) => note(`${paintNote('yellow', 'warning:')} ${text}`),

    /** What happens right now. Shown on a terminal only; the next output overwrites it. */
    progress: (text: string) => {
      if (!stderr.isTerminal) return;
      stderr.write(`\r\x1b[K${paintNote('dim', text)}`);
      progressShown = true;
    },

    clearProgress,

    /** Rows in aligned columns. Titles on a terminal only; a pipe gets plain rows. */
    table: <Row>(columns: Column<Row>[], rows: readonly Row[]) => {
      clearProgress();
      const cells = rows.map((row) => columns.map((column) => printable(column.text(row))));
      const titled = stdout.isTerminal;
      const widths = columns.map((column, index) =>
        Math.max(titled ? column.title.length : 0, ...cells.map((line) => width(line[index] ?? ''))),
      );
      const pad = (text: string, index: number) => {
        const gap = ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(text)));
        if (columns[index]?.align === 'right') return gap + text;
        return index === columns.length - 1 ? text : text + gap;
      };
      if (titled)
        stdout.write(
          `${paint(
            'dim',
            columns
              .map(({ title }, index) => pad(title, index))
              .join('  ')
              .trimEnd(),
          )}\n`,
        );
      rows.forEach((row, at) => {
        const line = columns.map((column, index) => {
          const text = pad(cells[at]?.[index] ?? '', index);
          const style = column.style?.(row);
          return style ? paint(style, text) : text;
        });
        stdout.write(`${line.join('  ').trimEnd()}\n`);
      });
    },
  };
}

/** Columns a text takes on a terminal: wide East Asian characters and emoji take two. */
function width(text: string): number {
  let sum = 0;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    sum +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return sum;
}
