import { join } from 'node:path';

/** Nushell's own program, from npm. */
export const nuProgram = join(import.meta.dirname, '../../node_modules/@nushell/linux-x64/bin/nu');
