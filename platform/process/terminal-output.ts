import { writeSync } from 'node:fs';

/**
 * What writes text to a terminal. A console of Windows reads bytes in its own code page, in which UTF-8 is mojibake, so
 * there Node writes characters; a terminal's stream does so before it returns.
 * @param terminal the descriptor of a terminal
 */
export function terminalWriter(terminal: number): (text: string) => void {
  if (!writesCharacters()) return (text) => void writeSync(terminal, text);
  const stream = streamOf(terminal);
  stream.on('error', () => undefined);
  return (text) => void stream.write(text);
}

/** Loads Node's terminal code, which other systems don't need. */
function streamOf(
  terminal: number,
): NodeJS.WriteStream | InstanceType<typeof import('node:tty').WriteStream> {
  if (terminal === 1) return process.stdout;
  if (terminal === 2) return process.stderr;
  const { WriteStream } = process.getBuiltinModule('node:tty');
  return new WriteStream(terminal);
}

/** Whether a terminal's text must go through `terminalWriter`, rather than through its descriptor. */
export const writesCharacters = (platform: NodeJS.Platform = process.platform): boolean =>
  platform === 'win32';
