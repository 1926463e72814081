import type { Writable } from 'node:stream';

/**
 * Gives this process's output and signals back as they usually are, before another program takes its place: Node leaves pipes
 * non-blocking, so that the program would lose what its reader is too slow for, and ignores SIGPIPE, so that it would not
 * end when its reader has.
 */
export function restoreForProgram(): void {
  for (const stream of [process.stdout, process.stderr]) block(stream);
  // a signal that is handled gets its default in the program
  for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) process.on(signal, () => undefined);
}

/** Only libuv can do this, through what Node keeps to itself (node: lib/internal/bootstrap/switches/is_main_thread.js). */
function block(stream: Writable): void {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (typeof handle !== 'object' || handle === null) return;
  const setBlocking: unknown = Reflect.get(handle, 'setBlocking');
  if (typeof setBlocking === 'function') Reflect.apply(setBlocking, handle, [true]);
}

const names = { HUP: 'SIGHUP', INT: 'SIGINT', QUIT: 'SIGQUIT' } as const;

/** The signals that whoever started Varvel wants ignored, as nohup does with SIGHUP. Node itself forgets them; the launcher tells. */
export function ignoredSignals(): NodeJS.Signals[] {
  const words = (process.env.VARVEL_IGNORED ?? '').split(' ');
  return Object.entries(names).flatMap(([word, signal]) => (words.includes(word) ? [signal] : []));
}

/** What to start so that a program runs with these signals ignored: only a shell can begin it like that. */
export function startIgnoring(
  signals: readonly NodeJS.Signals[],
  path: string,
  args: string[],
): { file: string; args: string[] } {
  const words = signals.map((signal) => signal.slice('SIG'.length)).join(' ');
  return { file: '/bin/sh', args: ['-c', `trap '' ${words}; exec "$0" "$@"`, path, ...args] };
}
