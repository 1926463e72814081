import { app, Menu } from 'electron';
import { type MenuChoice, menuTemplate } from './menu-template.ts';

/** Sets the application's menu: macOS shows it on top of the screen, the others in the window when Alt is pressed. */
export function setupMenu(platform: NodeJS.Platform, choose: (choice: MenuChoice) => void): void {
  app.setAboutPanelOptions({
    applicationName: 'Varvel',
    applicationVersion: app.getVersion(),
    copyright: 'MIT licence',
  });
  const template = menuTemplate({ platform, developing: !app.isPackaged, choose });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
