import { posix, posixHook } from './posix.ts';
import type { ShellDefinition } from './shell.ts';

export const zsh = {
  ...posix,
  label: 'zsh',
  programs: ['zsh'],
  startUpFiles: [
    '$ZDOTDIR/.zshenv',
    '$ZDOTDIR/.zprofile',
    '$ZDOTDIR/.zshrc',
    '$ZDOTDIR/.zlogin',
    '/etc/zsh/zshrc',
    '/etc/zsh/zshenv',
  ],
  hook: {
    ...posixHook,
    script: 'varvel.zsh',
    file: '$ZDOTDIR/.zshrc',
    fileLabel: '~/.zshrc',
    load: 'eval "$(varvel hook zsh)"',
    line: 'if command -v varvel >/dev/null; then eval "$(varvel hook zsh)"; fi',
  },
  completion: 'varvel.zsh',
} satisfies ShellDefinition;
