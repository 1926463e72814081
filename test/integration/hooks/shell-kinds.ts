import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from '../cli/machine.ts';
import { varvelProgram } from '../cli/program.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** A shell that the hook is for, and how it says things. */
export interface Kind {
  shell: string;
  /** How it is started, with a file that it reads. */
  start(rc: string): string;
  load: string;
  set(name: string, value: string): string;
  unset(name: string): string;
}

const posix = {
  set: (name: string, value: string) => `export ${name}='${value}'`,
  unset: (name: string) => `unset ${name}`,
};

export const kinds: Kind[] = [
  {
    ...posix,
    shell: 'bash',
    start: (rc) => `bash --noprofile --rcfile ${rc} -i`,
    load: `eval "$(${varvelProgram} hook bash)"`,
  },
  {
    ...posix,
    shell: 'zsh',
    // a folder, as zsh wants it; what it would ask a new user is not for a test
    start: (rc) => `env ZDOTDIR=${rc}.d zsh -i`,
    load: `eval "$(${varvelProgram} hook zsh)"`,
  },
  {
    shell: 'fish',
    start: (rc) => `fish --no-config -i -C 'source ${rc}'`,
    load: `${varvelProgram} hook fish | source`,
    set: (name, value) => `set -gx ${name} '${value}'`,
    unset: (name) => `set -e ${name}`,
  },
];

let count = 0;

/** An open shell, and what starts another one with the same start-up file. */
export interface OpenShell extends Terminal {
  again: string;
}

/** A shell with a start-up file of the given lines, in the home folder. */
export async function openShell(
  machine: Machine,
  kind: Kind,
  lines: string[] = [kind.load],
  env: Record<string, string> = {},
): Promise<OpenShell> {
  count += 1;
  const rc = join(machine.root, `rc-${count}`);
  await mkdir(`${rc}.d`, { recursive: true });
  for (const file of [rc, join(`${rc}.d`, '.zshrc')]) await writeFile(file, `${lines.join('\n')}\n`);
  const again = kind.start(rc);
  const terminal = await openTerminal(again, {
    env: { ...machine.env, ...env },
    cwd: machine.env.HOME ?? '/',
    folder: machine.root,
  });
  return { ...terminal, again };
}

/** A folder in the home folder, pinned to a profile. */
export async function pinnedFolder(machine: Machine, name: string, profile: string): Promise<string> {
  const folder = join(machine.env.HOME ?? '/', name);
  await mkdir(join(folder, 'deep', 'er'), { recursive: true });
  await writeFile(join(folder, '.varvel'), `# ours\nprofile = "${profile}"\n`);
  return folder;
}
