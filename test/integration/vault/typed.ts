import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a command line on a terminal and types an answer whenever it asks for one. An answer can be found when it is asked for.
 * @returns what the terminal has shown
 */
export async function typed(
  command: string,
  answers: (string | (() => Promise<string>))[],
  env = process.env,
): Promise<string> {
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const left = [...answers];
  let shown = '';
  terminal.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk;
    // readline puts the cursor after its question
    if (!/: (?:\x1b\[\d+G)?$/.test(shown)) return;
    const answer = left.shift();
    if (typeof answer === 'string') terminal.stdin.write(`${answer}\r`);
    else void answer?.().then((found) => terminal.stdin.write(`${found}\r`));
  });
  await once(terminal, 'close');
  return shown;
}
