import { homedir } from 'node:os';
import { app } from 'electron';
import type { Face } from '../../bridge/face.ts';
import { autostartPath, changeAutostart, readAutostart } from './autostart-file.ts';

/** The argument of a start at login, which shows the tray and no window. */
const inTrayFlag = '--in-tray';

/** Reads and changes start at login. Null in a checkout, where it would start a bare Electron. */
export function createLoginItem(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Face['startAtLogin'] {
  if (!app.isPackaged) return null;
  if (platform === 'darwin') {
    return {
      read: () => app.getLoginItemSettings().openAtLogin,
      change: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
    };
  }
  if (platform === 'win32') {
    // Windows finds the item only by the arguments it was set with
    return {
      read: () => app.getLoginItemSettings({ args: [inTrayFlag] }).openAtLogin,
      change: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args: [inTrayFlag] }),
    };
  }
  const path = autostartPath(env, homedir());
  // an AppImage runs from a temporary mount; APPIMAGE is its file (own-image.ts)
  const program = env.APPIMAGE || process.execPath;
  return {
    read: () => readAutostart(path),
    change: (on) => changeAutostart(path, on ? [program, inTrayFlag] : null),
  };
}

/** Whether the system started Varvel at login. It then opens no window. */
export const startedAtLogin = (platform: NodeJS.Platform, argv: readonly string[]): boolean =>
  platform === 'darwin'
    ? app.isPackaged && app.getLoginItemSettings().wasOpenedAtLogin
    : argv.includes(inTrayFlag);
