import { lineEnd, program, unlessThere } from './handwritten.ts';
import { hookVariable } from './posix.ts';
import type { ShellDefinition } from './shell.ts';

/** Inside single quotes only the backslash and the single quote are special. */
const quote = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const fish = {
  label: 'fish',
  programs: ['fish'],
  standardOn: null,
  set: (name, value) => `set -gx ${name} ${quote(value)}`,
  unset: (name) => `set -e ${name}`,
  takeUp: (profile) => `varvel env ${profile} --shell fish | source`,
  setting: (name) => String.raw`set\s+(?:-\S+\s+)*${name}\s`,
  startUpFiles: ['$XDG_CONFIG_HOME/fish/config.fish', '$XDG_CONFIG_HOME/fish/conf.d/*.fish'],
  hook: {
    script: 'varvel.fish',
    file: '$XDG_CONFIG_HOME/fish/config.fish',
    fileLabel: '~/.config/fish/config.fish',
    load: 'varvel hook fish | source',
    line: 'if status is-interactive; and command -q varvel; varvel hook fish | source; end',
    handwritten: new RegExp(
      String.raw`^\s*${unlessThere}${program}\s+hook\s+fish\s*\|\s*(?:source|\.)(?:\s+-)?${lineEnd}`,
    ),
    quote,
    assign: (name, value) => `set -g ${hookVariable(name)} ${quote(value)}`,
  },
  completion: 'varvel.fish',
} satisfies ShellDefinition;
