import { join } from 'node:path';
import { smallText } from '../files/small-text.ts';

/**
 * The folder of zsh's start-up files. A program that was started from a menu or a dock doesn't have the ZDOTDIR that
 * `~/.zshenv` sets for every shell, so that file is read for it
 * ([zsh's start-up files](https://zsh.sourceforge.io/Doc/Release/Files.html)).
 */
export function zshFolder(home: string, env: NodeJS.ProcessEnv): string {
  if (env.ZDOTDIR) return env.ZDOTDIR;
  return zdotdirIn(smallText(join(home, '.zshenv')) ?? '', home, env) ?? home;
}

/** The last plain assignment; null for one that only zsh can work out. */
export function zdotdirIn(text: string, home: string, env: NodeJS.ProcessEnv): string | null {
  const values = [...text.matchAll(/^[ \t]*(?:export[ \t]+|typeset[ \t]+-\w+[ \t]+)?ZDOTDIR=(\S+)/gm)];
  const value = values.at(-1)?.[1]?.replace(/;$/, '').replace(/["']/g, '');
  if (!value) return null;
  const config = env.XDG_CONFIG_HOME || join(home, '.config');
  const path = value
    .replace(/^~(?=\/|$)/, home)
    .replace(/\$\{XDG_CONFIG_HOME:-[^}]*\}|\$\{XDG_CONFIG_HOME\}|\$XDG_CONFIG_HOME\b/g, config)
    .replace(/\$\{HOME\}|\$HOME\b/g, home);
  return path.startsWith('/') && !path.includes('$') ? path : null;
}
