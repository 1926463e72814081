import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

/** An interactive shell in a pseudo-terminal, driven as a person would. */
export interface Terminal extends AsyncDisposable {
  /** Types a line and waits until it has been done. */
  type(line: string): Promise<void>;
  /** The value of a variable; null when it is not in the environment of what the shell starts. */
  variable(name: string): Promise<string | null>;
  /** What has appeared so far, without the terminal's control characters. */
  screen(): string;
  /** How often a text has appeared. */
  times(text: string | RegExp): number;
}

const patience = 20_000;

/** @param folder where the terminal may keep a file */
export async function openTerminal(
  command: string,
  { env, cwd, folder }: { env: NodeJS.ProcessEnv; cwd: string; folder: string },
): Promise<Terminal> {
  // wide, so that no line is broken
  const child = spawn('script', ['-qfec', `stty cols 4000 rows 50; exec ${command}`, '/dev/null'], {
    env: { ...env, TERM: 'xterm', SHELL: '/bin/sh' },
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  child.stdin.on('error', () => undefined);
  const marks = {
    file: join(folder, `mark-${process.pid}-${Math.random().toString(36).slice(2)}`),
    count: 0,
  };

  async function done(line: string): Promise<string> {
    marks.count += 1;
    const file = `${marks.file}-${marks.count}`;
    child.stdin.write(`${line.replaceAll('MARK', file)}; printf 'shown-%s\\n' ${marks.count}\r`);
    const end = Date.now() + patience;
    // the file may be there before the terminal's output has come here
    while (!existsSync(file) || !screen().includes(`shown-${marks.count}\n`)) {
      if (Date.now() > end) throw new Error(`“${line}” was not done:\n${screen()}`);
      await sleep(10);
    }
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    return text;
  }

  const screen = () => stripVTControlCharacters(said).replaceAll('\r', '');
  const terminal: Terminal = {
    async type(line) {
      child.stdin.write(`${line}\r`);
      // on a prompt of its own: what the first one took up is seen from the second on
      await done('printf x > MARK.part; mv MARK.part MARK');
    },
    async variable(name) {
      const text = await done(
        `sh -c 'printf "%s\\n" "\${${name}-\\(unset\\)}" > MARK.part; mv MARK.part MARK'`,
      );
      const value = text.replace(/\n$/, '');
      return value === '(unset)' || value === '\\(unset\\)' ? null : value;
    },
    screen,
    times: (text) => screen().split(text).length - 1,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.stdin.end();
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await gone;
    },
  };
  await done('printf x > MARK.part; mv MARK.part MARK');
  return terminal;
}
