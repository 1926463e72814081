/**
 * Ignores SIGUSR1, on which Node opens its debugger on 127.0.0.1: every user of the machine could then run code in this process and
 * read its passphrase. A signal that was meant for another program of Node is enough. Roots call this first.
 */
export function ignoreDebuggerSignal(): void {
  if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined);
}
