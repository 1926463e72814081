import type { ShellDefinition } from './shell.ts';

/**
 * “Working with strings”: a single-quoted string holds anything but single quotes; a double-quoted one has backslash
 * escapes, and only `$"…"` interprets dollar signs and parentheses.
 */
const quote = (value: string): string =>
  value.includes("'") ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `'${value}'`;

export const nu = {
  label: 'Nushell',
  programs: ['nu'],
  standardOn: null,
  set: (name, value) => `$env.${name} = ${quote(value)}`,
  unset: (name) => `hide-env --ignore-errors ${name}`,
  // `source` can't read a pipe, so load a record instead
  takeUp: (profile) => `varvel env ${profile} --format json | from json | load-env`,
  setting: (name) => String.raw`\$env\.${name}\s*=`,
  startUpFiles: ['$XDG_CONFIG_HOME/nushell/env.nu', '$XDG_CONFIG_HOME/nushell/config.nu'],
  hook: null,
  completion: 'varvel.nu',
} satisfies ShellDefinition;
