import type { ShellDefinition } from './shell.ts';

export const elvish = {
  label: 'Elvish',
  programs: ['elvish'],
  standardOn: null,
  // “Single-quoted string”: all but a single quote, which is doubled
  set: (name, value) => `set-env ${name} '${value.replaceAll("'", "''")}'`,
  unset: (name) => `unset-env ${name}`,
  takeUp: (profile) => `eval (varvel env ${profile} --shell elvish | slurp)`,
  setting: (name) => String.raw`(set-env\s+${name}\s|\bE:${name}\s*=)`,
  startUpFiles: ['$XDG_CONFIG_HOME/elvish/rc.elv', '~/.elvish/rc.elv'],
  hook: null,
  completion: null,
} satisfies ShellDefinition;
