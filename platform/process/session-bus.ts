import { execFile } from 'node:child_process';

/** A call on the session bus. */
export interface BusCall {
  /** The bus name that is asked. */
  to: string;
  path: string;
  method: string;
  /** Its argument as GVariant text, and as dbus-send wants it; null when that can't say it. */
  argument: { gvariant: string; dbusSend: string | null };
}

/**
 * Calls a method on the session bus, by the programs of which each desktop has one.
 * @returns what the program printed; null when neither is here, or nobody answers within a limit
 */
export async function callSessionBus({ to, path, method, argument }: BusCall): Promise<string | null> {
  const { gvariant, dbusSend } = argument;
  const answer = await run('gdbus', [
    ...['call', '--session', '--dest', to, '--object-path', path],
    ...['--method', method, gvariant],
  ]);
  if (answer !== null || dbusSend === null) return answer;
  return run('dbus-send', ['--session', '--print-reply', ['--dest', to].join('='), path, method, dbusSend]);
}

/** How long a call may take, in milliseconds. */
const limitMs = 1500;

const run = (program: string, args: string[]): Promise<string | null> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: limitMs }, (error, stdout) => resolve(error ? null : stdout));
  });
