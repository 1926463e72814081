import { existsSync } from 'node:fs';

let underWay = 0;

/**
 * Runs a native call that may never come back, and remembers for `leave` that it is under way.
 * Such a call holds a thread of Node's pool, and Node joins its threads when it exits.
 */
export async function mayHang<T>(call: () => Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await call();
  } finally {
    underWay -= 1;
  }
}

/**
 * Ends the process with an exit code from 0 to 255. Roots call this instead of `process.exit`, which would wait for
 * ever for a keychain call that hangs: then the process is replaced by a shell that does nothing but exit. What was
 * written to stdout and stderr before is out, since Node writes to files, pipes and terminals synchronously on POSIX.
 */
export function leave(code: number): never {
  if (underWay > 0 && process.platform !== 'win32') {
    if (typeof process.execve === 'function' && existsSync('/bin/sh')) {
      process.execve('/bin/sh', ['sh', '-c', `exit ${code & 255}`], {});
    }
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(code);
}
