import { existsSync } from 'node:fs';

let runningCalls = 0;

/**
 * Runs a native call that may never return, and remembers for `leave` that it is running.
 * Such a call blocks a thread of Node's pool, and Node waits for its threads when it exits.
 */
export async function mayHang<T>(call: () => Promise<T>): Promise<T> {
  runningCalls += 1;
  try {
    return await call();
  } finally {
    runningCalls -= 1;
  }
}

/**
 * Ends the process with an exit code from 0 to 255. Roots call this instead of `process.exit`, which would wait
 * forever for a keychain call that hangs. In that case, the process is replaced by a shell that only exits. Output to
 * stdout and stderr is complete by then, since Node writes to files, pipes and terminals synchronously on POSIX.
 */
export function leave(code: number): never {
  if (runningCalls > 0 && process.platform !== 'win32') {
    if (typeof process.execve === 'function' && existsSync('/bin/sh')) {
      process.execve('/bin/sh', ['sh', '-c', `exit ${code & 255}`], {});
    }
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(code);
}
