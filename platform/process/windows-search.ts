import { win32 } from 'node:path';

/** What tells Windows not to search programs in the working folder (NeedCurrentDirectoryForExePathW). */
const variable = 'NoDefaultCurrentDirectoryInExePath';

let isOurs = false;

/**
 * Makes Windows, cmd and Node search programs in PATH only. Otherwise a `git.exe` or `cmd.exe` that lies in a downloaded
 * folder runs as soon as Varvel does, in that folder. Roots call this first.
 */
export function searchPathOnly(platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'win32' || process.env[variable] !== undefined) return;
  process.env[variable] = '1';
  isOurs = true;
}

/** What the user's own programs don't get: they search as Windows does. */
export const searchVariables = (): string[] => (isOurs ? [variable] : []);

/** A program of Windows by its full path, which no folder can replace. */
export const windowsProgram = (name: string, env: NodeJS.ProcessEnv = process.env): string =>
  win32.join(env.SystemRoot || 'C:\\Windows', 'System32', name);
