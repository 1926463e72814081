import { homedir } from 'node:os';
import { app } from 'electron';
import type { Face } from '../../bridge/face.ts';
import { autostartPath, changeAutostart, readAutostart } from './autostart-file.ts';

/** Given to a program that starts at login: it shows its tray and no window. */
const inTray = '--in-tray';

/** Start at login; null in a checkout, where what would be started is a bare Electron. */
export function createLoginItem(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Face['startAtLogin'] {
  if (!app.isPackaged) return null;
  if (platform === 'darwin') {
    return {
      read: () => app.getLoginItemSettings().openAtLogin,
      change: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
    };
  }
  if (platform === 'win32') {
    // asked with the same words as it was set with, or it isn't found
    return {
      read: () => app.getLoginItemSettings({ args: [inTray] }).openAtLogin,
      change: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args: [inTray] }),
    };
  }
  const path = autostartPath(env, homedir());
  // an AppImage runs from a mount that is gone at the next login
  const program = env.APPIMAGE ?? process.execPath;
  return {
    read: () => readAutostart(path),
    change: (on) => changeAutostart(path, on ? [program, inTray] : null),
  };
}

/** Whether this start was the system's at login, so that no window is wanted. */
export const startedAtLogin = (platform: NodeJS.Platform, argv: readonly string[]): boolean =>
  platform === 'darwin'
    ? app.isPackaged && app.getLoginItemSettings().wasOpenedAtLogin
    : argv.includes(inTray);
