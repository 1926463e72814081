import type { ShellFormat } from './format.ts';

/**
 * tcsh and csh: single quotes hold all but themselves and `!`, which calls up history even there and takes a
 * backslash; a backslash before anything else stays. To be read by `source`, or as
 * eval "`varvel env --shell tcsh`", whose double quotes keep blanks and whose line breaks become blanks: hence the
 * semicolons.
 */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`).replaceAll('!', '\\!')}'`;

export const tcsh: ShellFormat = {
  set: (name, value) => `setenv ${name} ${quoted(value)};`,
  unset: (name) => `unsetenv ${name};`,
};
