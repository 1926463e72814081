import type { MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../../contract/events.ts';

export type MenuChoice =
  | { kind: 'command'; command: EventPayload<'command'>['command'] }
  | { kind: 'page'; page: 'dashboard' | 'keys' | 'docs' };

export interface MenuOptions {
  platform: NodeJS.Platform;
  developing: boolean;
  choose(choice: MenuChoice): void;
}

/** The application menu, laid out as each system expects. */
export function menuTemplate({ platform, developing, choose }: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };

  const command = (
    label: string,
    name: EventPayload<'command'>['command'],
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    id: name,
    label,
    ...(accelerator && { accelerator }),
    click: () => choose({ kind: 'command', command: name }),
  });
  const page = (label: string, name: 'dashboard' | 'keys' | 'docs'): MenuItemConstructorOptions => ({
    id: name,
    label,
    click: () => choose({ kind: 'page', page: name }),
  });

  const newKey = command('Create Key…', 'new-key', 'CmdOrCtrl+N');
  const settings = command('Settings…', 'settings', 'CmdOrCtrl+,');
  const signIn = command('Sign In…', 'sign-in');

  const appMenu: MenuItemConstructorOptions = {
    label: 'Varvel',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: isMac ? 'File' : '&File',
    submenu: isMac
      ? [newKey, signIn, separator, { role: 'close' }]
      : [newKey, signIn, separator, settings, separator, { role: 'close' }, { role: 'quit' }],
  };
  const edit: MenuItemConstructorOptions = {
    label: isMac ? 'Edit' : '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: isMac ? 'View' : '&View',
    submenu: [
      command('All Actions…', 'palette', 'CmdOrCtrl+K'),
      command('Switch Profile…', 'switcher', 'CmdOrCtrl+P'),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(developing ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  };
  const windowMenu: MenuItemConstructorOptions = { role: 'windowMenu' };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: isMac ? 'Help' : '&Help',
    submenu: [
      page('fal Dashboard', 'dashboard'),
      page('Keys in fal Dashboard', 'keys'),
      page('fal Documentation', 'docs'),
      ...(isMac ? [] : [separator, { role: 'about' } as const]),
    ],
  };
  return isMac ? [appMenu, file, edit, view, windowMenu, help] : [file, edit, view, windowMenu, help];
}
