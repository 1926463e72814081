import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HookShell, hookShells } from '../core/model/hook-shell.ts';
import { hookIn } from '../core/shells/hook-line.ts';
import { homeFolder } from './user-path.ts';

/** A line of a file that shells read when they start. */
export interface StartUpLine {
  file: string;
  /** From 1 on. */
  line: number;
}

export interface StartUpFindings {
  /** Where FAL_KEY is set: such a key beats every profile in the shells that read it. */
  sets: StartUpLine[];
  /** Where a shell's prompt hook is loaded. */
  hooks: (StartUpLine & { shell: HookShell })[];
}

/** The assignments of sh, bash, zsh, fish, tcsh, PowerShell, Nushell and plain environment files. */
const setsKey =
  /^\s*(?:[^#]*[;&\s])?(?:FAL_KEY=|setenv\s+FAL_KEY\s|set\s+(?:-\S+\s+)*FAL_KEY\s|\$env:FAL_KEY\s*=|\$env\.FAL_KEY\s*=)/;

/** More than any such file; in bytes. */
const limit = 1024 * 1024;

/** Looks through the files that shells read when they start. Nothing of their content is kept but where it stands. */
export function lookAtStartUpFiles(env: NodeJS.ProcessEnv): StartUpFindings {
  const found: StartUpFindings = { sets: [], hooks: [] };
  for (const file of startUpFiles(env)) {
    const lines = read(file)?.split('\n') ?? [];
    for (const [index, text] of lines.entries()) {
      if (setsKey.test(text)) found.sets.push({ file, line: index + 1 });
      const shell = hookIn(text);
      if (shell !== null) found.hooks.push({ file, line: index + 1, shell });
    }
  }
  return found;
}

const configFolder = (env: NodeJS.ProcessEnv): string =>
  env.XDG_CONFIG_HOME || join(homeFolder(env), '.config');

/**
 * The start-up file where a shell's hook belongs: the one that every interactive shell reads (for PowerShell, `$PROFILE` by
 * its “about_Profiles”).
 */
export function hookFile(shell: HookShell, env: NodeJS.ProcessEnv, platform = process.platform): string {
  const home = homeFolder(env);
  switch (shell) {
    case 'bash':
      return join(home, '.bashrc');
    case 'zsh':
      return join(env.ZDOTDIR || home, '.zshrc');
    case 'fish':
      return join(configFolder(env), 'fish', 'config.fish');
    case 'pwsh': {
      const folder =
        platform === 'win32' ? join(home, 'Documents', 'PowerShell') : join(configFolder(env), 'powershell');
      return join(folder, 'Microsoft.PowerShell_profile.ps1');
    }
  }
}

function startUpFiles(env: NodeJS.ProcessEnv): string[] {
  const home = homeFolder(env);
  const config = configFolder(env);
  const zsh = env.ZDOTDIR || home;
  const inHome = [
    '.profile',
    '.bash_profile',
    '.bash_login',
    '.bashrc',
    '.bash_aliases',
    '.tcshrc',
    '.cshrc',
  ];
  const ofZsh = ['.zshenv', '.zprofile', '.zshrc', '.zlogin'];
  const inConfig = [
    'fish/config.fish',
    'nushell/env.nu',
    'nushell/config.nu',
    'powershell/profile.ps1',
    'powershell/Microsoft.PowerShell_profile.ps1',
  ];
  const files = [
    ...inHome.map((name) => join(home, name)),
    ...['.login', '.kshrc', '.mkshrc', '.pam_environment'].map((name) => join(home, name)),
    ...ofZsh.map((name) => join(zsh, name)),
    ...inConfig.map((name) => join(config, name)),
    ...within(join(config, 'fish', 'conf.d'), '.fish'),
    ...within(join(config, 'environment.d'), '.conf'),
    ...['/etc/environment', '/etc/profile', '/etc/bash.bashrc', '/etc/zsh/zshrc', '/etc/zsh/zshenv'],
    ...within('/etc/profile.d', '.sh'),
    ...hookShells.map((shell) => hookFile(shell, env)),
  ];
  return [...new Set(files)];
}

function within(folder: string, extension: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(extension))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Null for what is not there, no file, too large, or not to be read. */
function read(path: string): string | null {
  try {
    // not blocking: a FIFO may stand there
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = fstatSync(file);
      return status.isFile() && status.size <= limit ? readFileSync(file, 'utf8') : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
