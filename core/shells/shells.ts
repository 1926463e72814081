import { bash } from './bash.ts';
import { cmd } from './cmd.ts';
import { elvish } from './elvish.ts';
import { fish } from './fish.ts';
import { nu } from './nu.ts';
import { pwsh } from './pwsh.ts';
import { sh } from './sh.ts';
import { tcsh } from './tcsh.ts';
import { zsh } from './zsh.ts';

/** Every shell, in the order they are listed. Lists, schemas, labels and completion follow from this table. */
export const shells = { sh, bash, zsh, fish, tcsh, pwsh, cmd, nu, elvish };

export type Shell = keyof typeof shells;
/** A shell with a prompt hook. */
export type HookShell = { [Name in Shell]: (typeof shells)[Name]['hook'] extends null ? never : Name }[Shell];
/** A shell with a completion script. */
export type CompletionShell = {
  [Name in Shell]: (typeof shells)[Name]['completion'] extends null ? never : Name;
}[Shell];

const isShell = (name: string): name is Shell => Object.hasOwn(shells, name);

export const shellNames: readonly Shell[] = Object.keys(shells).filter(isShell);
export const hookShellNames = shellNames.filter((name): name is HookShell => shells[name].hook !== null);
export const completionShellNames = shellNames.filter(
  (name): name is CompletionShell => shells[name].completion !== null,
);

/** The shell of a program's path or name; null when it is unknown. */
export function knownShell(program: string): Shell | null {
  const name = program
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/\.exe$/i, '')
    .replace(/\d+$/, '');
  return shellNames.find((shell) => shells[shell].programs.some((known) => known === name)) ?? null;
}

/** The user's shell, from SHELL and the system; an unknown one counts as sh. */
export function ownShell(program: string | undefined, platform: string): Shell {
  if (program !== undefined) return knownShell(program) ?? 'sh';
  return shellNames.find((name) => shells[name].standardOn === platform) ?? 'sh';
}
