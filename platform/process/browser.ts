import { spawn } from 'node:child_process';
import { VarvelError } from '../../core/model/error.ts';
import type { Browser } from '../../core/ports.ts';
import { isLoopbackUrl, plainAddress } from '../net/http-error.ts';
import { startFolder } from './start-folder.ts';
import { windowsProgram } from './windows-search.ts';

export interface BrowserOptions {
  /** Host names that may be opened over https, besides http on loopback. */
  allowedHosts: readonly string[];
  variables?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  /** How long to watch for an opener that fails right away, in milliseconds. */
  watchMs?: number;
}

/**
 * The system's browser. It is started detached, without a shell, and not awaited: only an opener that fails right
 * away is noticed. The URL is on its command line, so it must not hold a secret (a one-time code is none).
 *
 * `open` throws VarvelError `refused` for an address that is not allowed.
 */
export function createBrowser(options: BrowserOptions): Browser {
  const { allowedHosts, variables = process.env, platform = process.platform, watchMs = 700 } = options;
  return {
    async open(url) {
      const address = checkedUrl(url, allowedHosts);
      for (const [command, ...args] of openers(address, platform, variables)) {
        if (await start(command, args, variables, watchMs)) return true;
      }
      return false;
    },
  };
}

/** The normalized URL, so that no opener reads it differently. */
function checkedUrl(url: string, allowedHosts: readonly string[]): string {
  const parsed = URL.parse(url);
  const allowed =
    parsed !== null &&
    parsed.username === '' &&
    parsed.password === '' &&
    (parsed.protocol === 'https:'
      ? allowedHosts.includes(parsed.host) || isLoopbackUrl(url)
      : parsed.protocol === 'http:' && isLoopbackUrl(url));
  if (allowed) return parsed.href;
  throw new VarvelError(
    'refused',
    `Varvel can’t open ${plainAddress(url)}: it is not one of this environment’s addresses.`,
    'Check the environment’s URLs.',
  );
}

type Command = [command: string, ...args: string[]];

function openers(url: string, platform: NodeJS.Platform, variables: NodeJS.ProcessEnv): Command[] {
  if (platform === 'darwin') return [['open', url]];
  // Not `start`: it is a cmd.exe command, which interprets & in a URL.
  if (platform === 'win32')
    return [[windowsProgram('rundll32.exe', variables), 'url.dll,FileProtocolHandler', url]];
  const chosen = (variables.BROWSER ?? '').split(':').flatMap((command) => browserCommand(command, url));
  const hasDisplay = Boolean(variables.DISPLAY || variables.WAYLAND_DISPLAY);
  return hasDisplay ? [...chosen, ['xdg-open', url]] : chosen;
}

/** $BROWSER: commands separated by colons. %s is replaced with the URL; without it, the URL comes last. */
function browserCommand(text: string, url: string): Command[] {
  const [command, ...words] = text.split(/\s+/).filter((word) => word !== '');
  if (command === undefined) return [];
  if (!words.some((word) => word.includes('%s'))) return [[command, ...words, url]];
  return [[command, ...words.map((word) => word.replaceAll('%s', () => url))]];
}

function start(
  command: string,
  args: string[],
  variables: NodeJS.ProcessEnv,
  watchMs: number,
): Promise<boolean> {
  // The browser must not get what opens the vault.
  const { VARVEL_PASSPHRASE: _, VARVEL_PASSPHRASE_FILE: __, ...env } = variables;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: startFolder,
      detached: true,
      stdio: 'ignore',
      env,
      windowsHide: true,
    });
    const settle = (works: boolean) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      child.unref();
      resolve(works);
    };
    const timer = setTimeout(() => settle(true), watchMs);
    child.on('error', () => settle(false));
    child.on('exit', (code) => settle(code === 0));
  });
}
