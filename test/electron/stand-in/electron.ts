// What `require('electron')` gives to the program's main process while the stand-in runs it.
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { note, world } from './world.ts';

export { app } from './app.ts';
export { StandInWindow as BrowserWindow } from './browser-window.ts';
export { clipboard, StandInClipboardItem as ClipboardItem } from './clipboard.ts';
export { ipcMain } from './ipc-main.ts';
export { StandInMenu as Menu } from './menu.ts';
export { StandInImage as nativeImage } from './native-image.ts';
export { nativeTheme } from './native-theme.ts';
export { StandInNotification as Notification } from './notification.ts';
export { screen } from './screen.ts';
export { StandInTray as Tray } from './tray.ts';

import { app } from './app.ts';
import { defaultSession } from './session.ts';

export const session = { defaultSession };

export const shell = {
  async openExternal(url: string): Promise<void> {
    world.done.opened.push(url);
  },
  async openPath(path: string): Promise<string> {
    note('shell.openPath', path);
    return '';
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath'>;

export { dialog } from './dialog.ts';

export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (app.isReady()) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    note('protocol.registerSchemesAsPrivileged', schemes);
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (!app.isReady()) throw new Error('protocol.handle can only be called after app is ready');
    world.handlers.set(scheme, handler);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

export const powerMonitor = new EventEmitter();
