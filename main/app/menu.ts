import { app, Menu } from 'electron';
import { type MenuChoice, menuTemplate } from './menu-template.ts';

/** Sets the application menu. macOS shows it at the top of the screen, other systems in the window on Alt. */
export function setupMenu(platform: NodeJS.Platform, choose: (choice: MenuChoice) => void): void {
  app.setAboutPanelOptions({
    applicationName: 'Varvel',
    applicationVersion: app.getVersion(),
    copyright: 'MIT license',
  });
  const template = menuTemplate({ platform, developing: !app.isPackaged, choose });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
