import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompletionShell, shells } from '../../../core/shells/shells.ts';

/** The script that a shell loads; the build puts these files beside the program. */
export const completionScript = (shell: CompletionShell): string =>
  readFileSync(join(import.meta.dirname, 'completions', shells[shell].completion), 'utf8');
