import { posix, posixHook } from './posix.ts';
import type { ShellDefinition } from './shell.ts';

export const bash = {
  ...posix,
  label: 'bash',
  programs: ['bash'],
  startUpFiles: ['~/.bash_profile', '~/.bash_login', '~/.bashrc', '~/.bash_aliases', '/etc/bash.bashrc'],
  hook: {
    ...posixHook,
    script: 'varvel.bash',
    file: '~/.bashrc',
    fileLabel: '~/.bashrc',
    load: 'eval "$(varvel hook bash)"',
    line: 'if [[ $- == *i* ]] && command -v varvel >/dev/null; then eval "$(varvel hook bash)"; fi',
  },
  completion: 'varvel.bash',
} satisfies ShellDefinition;
