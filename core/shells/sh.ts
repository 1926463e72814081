import { posix } from './posix.ts';
import type { ShellDefinition } from './shell.ts';

/** Any POSIX shell: dash, busybox, the Korn shells. */
export const sh = {
  ...posix,
  label: 'sh',
  programs: ['sh', 'ash', 'dash', 'ksh', 'mksh', 'busybox'],
  startUpFiles: ['~/.profile', '~/.kshrc', '~/.mkshrc', '/etc/profile', '/etc/profile.d/*.sh'],
  hook: null,
  completion: null,
} satisfies ShellDefinition;
