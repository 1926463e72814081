import type { ShellDefinition } from './shell.ts';

/**
 * Single quotes hold all but themselves and `!`, which calls up history even there and takes a backslash; a backslash
 * before anything else stays.
 */
const quote = (value: string): string => `'${value.replaceAll("'", `'\\''`).replaceAll('!', '\\!')}'`;

/**
 * tcsh and csh. To be read by `source`, or as eval "`varvel env --shell tcsh`", whose double quotes keep blanks and
 * whose line breaks become blanks: hence the semicolons.
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
