import { existsSync } from 'node:fs';

const setpriv = '/usr/bin/setpriv';

/** A command that ends with this process, even when it is killed, if the system supports that. */
export const bound = (command: string, args: string[]): [command: string, args: string[]] =>
  existsSync(setpriv) ? [setpriv, ['--pdeathsig', 'TERM', command, ...args]] : [command, args];
