import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { win32 } from 'node:path';
import { windowsProgram } from '../process/windows-search.ts';

const key = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';

/**
 * The user's Documents folder on Windows, which OneDrive moves. Windows keeps it in the registry as `Personal`
 * ([known folders](https://learn.microsoft.com/en-us/windows/win32/shell/knownfolderid)).
 * @param home where it is by default
 */
export function documentsFolder(home: string, env: NodeJS.ProcessEnv): string {
  const usual = win32.join(home, 'Documents');
  // in its own code page, reg would write names that can't be read
  const line = `"chcp 65001 >nul & "${windowsProgram('reg.exe', env)}" query "${key}" /v Personal"`;
  const { stdout } = spawnSync(windowsProgram('cmd.exe', env), ['/d', '/s', '/c', line], {
    encoding: 'utf8',
    timeout: 5000,
    windowsHide: true,
    windowsVerbatimArguments: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const found = personalIn(stdout ?? '', env);
  return found !== null && existsSync(found) ? found : usual;
}

/** @param text what `reg query` writes: name, type and value, with spaces between */
export function personalIn(text: string, env: NodeJS.ProcessEnv): string | null {
  const value = text.match(/^\s+Personal\s+REG_(?:EXPAND_)?SZ\s+(.+?)\s*$/m)?.[1];
  const path = value?.replace(/%([^%]+)%/g, (whole, name: string) => env[name] ?? whole);
  return path !== undefined && win32.isAbsolute(path) && !/[%\ufffd]/.test(path) ? path : null;
}
