import { spawn } from 'node:child_process';
import { VarvelError } from '../../core/model/error.ts';
import type { Browser } from '../../core/ports.ts';
import { isLoopbackUrl, plainAddress } from '../net/http-error.ts';

export interface BrowserOptions {
  /** Host names that may be opened over https, next to plain http on the loopback addresses. */
  allowedHosts: readonly string[];
  variables?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  /** How long an opener is watched for failing at once, in milliseconds. */
  watchMs?: number;
}

/**
 * The system's browser. It is started on its own, without a shell, and not waited for: only an opener that fails
 * at once is told from one that works. The URL stands on its command line, so it must hold no secret (a one-time
 * code is none).
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

/** The address as the URL parser writes it, so that no opener reads it differently. */
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
    `Varvel does not open ${plainAddress(url)}: it is none of the addresses of this environment.`,
    'Check the environment’s URLs.',
  );
}

type Command = [command: string, ...args: string[]];

function openers(url: string, platform: NodeJS.Platform, variables: NodeJS.ProcessEnv): Command[] {
  if (platform === 'darwin') return [['open', url]];
  // Not `start`, which is a word of cmd.exe and reads & in an address as its own.
  if (platform === 'win32') return [['rundll32.exe', 'url.dll,FileProtocolHandler', url]];
  const chosen = (variables.BROWSER ?? '').split(':').flatMap((command) => browserCommand(command, url));
  const hasDisplay = Boolean(variables.DISPLAY || variables.WAYLAND_DISPLAY);
  return hasDisplay ? [...chosen, ['xdg-open', url]] : chosen;
}

/** $BROWSER: commands with colons between them; %s stands for the address, which else comes last. */
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
  // What opens the vault is not the browser's business.
  const { VARVEL_PASSPHRASE: _, VARVEL_PASSPHRASE_FILE: __, ...env } = variables;
  return new Promise((resolve) => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore', env, windowsHide: true });
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
