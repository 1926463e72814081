import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { styleText } from 'node:util';
import { hasErrorCode } from '../../../platform/files/error-code.ts';
import { terminalWriter, writesCharacters } from '../../../platform/process/terminal-output.ts';

export type Style = Parameters<typeof styleText>[0];

export type Stream = ReturnType<typeof createStream>;

/** How long to wait for a slower reader, in milliseconds. */
const patienceMs = 5;

/**
 * One of the process's output streams, by its descriptor. `process.stdout` is not used: it loads Node's
 * network and terminal code, 5 ms that `varvel env` in a prompt would pay for one line.
 */
export function createStream(fd: 1 | 2, env: NodeJS.ProcessEnv) {
  const isTerminal = isTerminalAt(fd);
  const colored = wantsColor(env, isTerminal);
  let toConsole: ((text: string) => void) | null = null;
  let lost: Error | null = null;
  return {
    isTerminal,
    /** The terminal's width; null for a pipe, a file, or a terminal that doesn't know. Loads Node's terminal code. */
    columns: (): number | null =>
      (isTerminal && (fd === 1 ? process.stdout : process.stderr).columns) || null,
    /** Why something wasn't written: the disk may be full. Null also when the reader has gone (`varvel find --scrub | head`). */
    lost: (): Error | null => lost,
    /** Writes everything before it returns. What can't be written is dropped: the command goes on to its end. */
    write(text: string): void {
      if (isTerminal && writesCharacters()) {
        toConsole ??= terminalWriter(fd);
        toConsole(text);
        return;
      }
      let bytes = Buffer.from(text);
      try {
        while (bytes.length > 0) bytes = bytes.subarray(writeSome(fd, bytes));
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        if (!hasErrorCode(error, 'EPIPE', 'EBADF')) lost ??= error;
      }
    },
    paint: (style: Style, text: string): string =>
      colored ? styleText(style, text, { validateStream: false }) : text,
  };
}

/** True when a descriptor is a terminal; the terminal code is loaded only for what may be one. */
export function isTerminalAt(fd: number): boolean {
  try {
    const status = fstatSync(fd);
    if (!status.isCharacterDevice() || status.rdev === statSync(devNull).rdev) return false;
    return process.getBuiltinModule('node:tty').isatty(fd);
  } catch {
    // it may be closed
    return false;
  }
}

/** NO_COLOR (no-color.org) and FORCE_COLOR, as Node reads them. */
function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false') return true;
  return isTerminal && !env.NO_COLOR && env.FORCE_COLOR === undefined && env.TERM !== 'dumb';
}

function writeSome(fd: 1 | 2, bytes: Uint8Array): number {
  for (;;) {
    try {
      return writeSync(fd, bytes);
    } catch (error) {
      if (!hasErrorCode(error, 'EAGAIN')) throw error;
      // the other end may have made the pipe non-blocking
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patienceMs);
    }
  }
}
