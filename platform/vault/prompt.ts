import { closeSync, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { VarvelError } from '../../core/model/error.ts';
import { terminalWriter } from '../process/terminal-output.ts';

/** A terminal that can ask for hidden input. */
export interface Terminal {
  /** @throws VarvelError `cancelled` on Ctrl-C, Ctrl-D or a closed terminal */
  ask(question: string): Promise<string>;
  say(line: string): void;
  close(): void;
}

/** Opens this process's terminal, even if stdin and stdout are redirected; null when it has none. */
export function openTerminal(): Terminal | null {
  const device = process.platform === 'win32' ? { read: '\\\\.\\CONIN$', write: '\\\\.\\CONOUT$' } : null;
  let input: number;
  let output: number;
  try {
    input = openSync(device?.read ?? '/dev/tty', 'r+');
  } catch {
    return null;
  }
  try {
    output = device ? openSync(device.write, 'r+') : input;
  } catch {
    closeSync(input);
    return null;
  }
  let stream: ReadStream;
  try {
    stream = new ReadStream(input);
  } catch {
    closeSync(input);
    return null;
  }
  const write = terminalWriter(output);
  stream.setEncoding('utf8');
  stream.on('error', () => undefined);
  return {
    ask: (question) => askOn(stream, question, write),
    say: (line) => write(`${line}\n`),
    close: () => stream.destroy(),
  };
}

/** Reads one line in raw mode: nothing is echoed, and Ctrl-C can be handled. */
function askOn(stream: ReadStream, question: string, write: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let line = '';
    const finish = (settle: () => void) => {
      stream.off('data', take);
      stream.off('end', gone);
      stream.off('close', gone);
      stream.pause();
      if (!stream.destroyed) stream.setRawMode(false);
      write('\n');
      settle();
    };
    const gone = () => finish(() => reject(cancelled()));
    const take = (chunk: string) => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') return finish(() => resolve(line));
        if (character === '\u0003' || (character === '\u0004' && line === '')) return gone();
        if (character === '\u007f' || character === '\b') line = [...line].slice(0, -1).join('');
        else if (character === '\u0015') line = '';
        else line += character;
      }
    };
    stream.setRawMode(true);
    write(question);
    stream.on('data', take);
    stream.on('end', gone);
    stream.on('close', gone);
    stream.resume();
  });
}

const cancelled = (): VarvelError =>
  new VarvelError('cancelled', 'Cancelled: nothing was entered.', 'Run the command again.');
