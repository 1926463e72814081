import type { ShellDefinition } from './shell.ts';

/**
 * Single quotes hold anything but themselves and `!`, which means history even there and needs a backslash. A backslash
 * before any other character stays.
 */
const quote = (value: string): string => `'${value.replaceAll("'", `'\\''`).replaceAll('!', '\\!')}'`;

/**
 * tcsh and csh. For `source`, or eval "`varvel env --shell tcsh`", which keeps spaces and turns line breaks into
 * spaces: hence the semicolons.
 */
export const tcsh = {
  label: 'tcsh',
  programs: ['tcsh', 'csh'],
  standardOn: null,
  set: (name, value) => `setenv ${name} ${quote(value)};`,
  unset: (name) => `unsetenv ${name};`,
  takeUp: (profile) => `eval "\`varvel env ${profile} --shell tcsh\`"`,
  setting: (name) => String.raw`setenv\s+${name}\s`,
  startUpFiles: ['~/.tcshrc', '~/.cshrc', '~/.login'],
  hook: null,
  completion: null,
} satisfies ShellDefinition;
