import { existsSync } from 'node:fs';

const setpriv = '/usr/bin/setpriv';

/** A command that ends with this process, even when that is killed, where the system can see to it. */
export const bound = (command: string, args: string[]): [command: string, args: string[]] =>
  existsSync(setpriv) ? [setpriv, ['--pdeathsig', 'TERM', command, ...args]] : [command, args];
