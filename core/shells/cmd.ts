import { notCarried } from '../exports/formats/not-carried.ts';
import type { ShellDefinition } from './shell.ts';

/** cmd's lines have at most 8,191 characters. */
const longest = 8000;

/**
 * cmd (`set /?`): in `set "NAME=value"` all characters are literal, except those that are read differently at
 * the prompt (`for /f`), in a batch file, and with delayed expansion: percent signs, quotes, exclamation marks.
 * `/?` asks a built-in command for its help, wherever it stands.
 */
export const cmd = {
  label: 'cmd',
  programs: ['cmd'],
  standardOn: null,
  set(name, value) {
    const refuse = (what: string) => notCarried(name, what, 'cmd', { action: 'use_shell', shell: 'pwsh' });
    const [mark] = value.match(/["%!]/) ?? [];
    if (mark !== undefined) throw refuse(`the character ${mark}`);
    if (value.includes('/?')) throw refuse('/?');
    if (value.length > longest) throw refuse(`more than ${longest} characters`);
    return `set "${name}=${value}"`;
  },
  unset: (name) => `set "${name}="`,
  takeUp: (profile) => `for /f "delims=" %i in ('varvel env ${profile} --shell cmd') do @%i`,
  setting: null,
  startUpFiles: [],
  hook: null,
  completion: null,
} satisfies ShellDefinition;
