import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A line of a file that shells read when they start. */
export interface StartUpLine {
  file: string;
  /** From 1 on. */
  line: number;
}

export interface StartUpFindings {
  /** Where FAL_KEY is set: such a key beats every profile in the shells that read it. */
  sets: StartUpLine[];
  /** Where the prompt hook is loaded. */
  hooks: StartUpLine[];
}

/** The assignments of sh, bash, zsh, fish, tcsh, PowerShell, Nushell and plain environment files. */
const setsKey =
  /^\s*(?:[^#]*[;&\s])?(?:FAL_KEY=|setenv\s+FAL_KEY\s|set\s+(?:-\S+\s+)*FAL_KEY\s|\$env:FAL_KEY\s*=|\$env\.FAL_KEY\s*=)/;
const loadsHook = /^[^#]*\bvarvel['"]?\s+hook\s+(?:bash|zsh|fish|pwsh)\b/;

/** More than any such file; in bytes. */
const limit = 1024 * 1024;

/** Looks through the files that shells read when they start. Nothing of their content is kept but where it stands. */
export function lookAtStartUpFiles(env: NodeJS.ProcessEnv): StartUpFindings {
  const found: StartUpFindings = { sets: [], hooks: [] };
  for (const file of startUpFiles(env)) {
    const lines = read(file)?.split('\n') ?? [];
    for (const [index, text] of lines.entries()) {
      if (setsKey.test(text)) found.sets.push({ file, line: index + 1 });
      if (loadsHook.test(text)) found.hooks.push({ file, line: index + 1 });
    }
  }
  return found;
}

function startUpFiles(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME || homedir();
  const config = env.XDG_CONFIG_HOME || join(home, '.config');
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
  return [
    ...inHome.map((name) => join(home, name)),
    ...['.login', '.kshrc', '.mkshrc', '.pam_environment'].map((name) => join(home, name)),
    ...ofZsh.map((name) => join(zsh, name)),
    ...inConfig.map((name) => join(config, name)),
    ...within(join(config, 'fish', 'conf.d'), '.fish'),
    ...within(join(config, 'environment.d'), '.conf'),
    ...['/etc/environment', '/etc/profile', '/etc/bash.bashrc', '/etc/zsh/zshrc', '/etc/zsh/zshenv'],
    ...within('/etc/profile.d', '.sh'),
  ];
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
