import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const completionShells = ['bash', 'zsh', 'fish'] as const;

/** The script that a shell loads; the build lays these files beside the program. */
export const completionScript = (shell: (typeof completionShells)[number]): string =>
  readFileSync(join(import.meta.dirname, 'completions', `varvel.${shell}`), 'utf8');
