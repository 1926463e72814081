import { app } from './app.ts';
import { debuggingPort } from './browser.ts';
import { StandInWindow } from './browser-window.ts';
import { clipboard } from './clipboard.ts';
import { powerMonitor } from './electron.ts';
import { preventable } from './event.ts';
import { invoke } from './ipc-main.ts';
import { type ShownItem, StandInMenu } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { StandInNotification } from './notification.ts';
import { StandInTray } from './tray.ts';
import { world } from './world.ts';

const tray = (): StandInTray => {
  if (!StandInTray.shown) throw new Error('There is no tray.');
  return StandInTray.shown;
};

const window = () => {
  const [first] = StandInWindow.getAllWindows();
  if (!first) throw new Error('There is no window.');
  return first;
};

/** What a test can do and see: what a person could, and what the system could tell. */
export const controls = {
  done: () => world.done,
  port: () => debuggingPort(app.getPath('userData')),
  windows: () =>
    StandInWindow.getAllWindows().map((one) => ({
      bounds: one.getBounds(),
      title: one.getTitle(),
      visible: one.isVisible(),
      color: one.getBackgroundColor(),
      firstColor: one.options.backgroundColor,
      url: one.webContents.getURL(),
      maximized: one.isMaximized(),
      preferences: one.options.webPreferences ?? {},
    })),
  move: (bounds: { x: number; y: number; width: number; height: number }) => window().setBounds(bounds),
  minimize: () => window().minimize(),
  closeWindow: () => window().close(),
  /** The process of the window's page goes: told, since Playwright can't take up a page that has really crashed. */
  crashPage: () =>
    void window().webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 }),
  quit: () => app.quit(),
  /** The system is shut down: it tells, and then ends its programs. */
  shutDown() {
    powerMonitor.emit('shutdown');
    app.quit();
  },
  activate: () => void app.emit('activate', {}, world.windows.size > 0),
  trayMenu: (): ShownItem[] => tray().menu?.shown() ?? [],
  trayLook: () => ({
    toolTip: tray().toolTip,
    image: tray().image.path,
    template: tray().image.isTemplateImage(),
    menusSet: tray().menusSet,
  }),
  trayClick: (...labels: string[]) => tray().menu?.click(...labels),
  trayIconClick: () => void tray().emit('click', {}, {}, {}),
  menu: (): ShownItem[] => StandInMenu.application?.shown() ?? [],
  menuClick: (...labels: string[]) => StandInMenu.application?.click(...labels),
  press: (accelerator: string) => StandInMenu.application?.press(accelerator),
  readClipboard: () => clipboard.readText(),
  clipboardTypes: () => clipboard.types(),
  writeClipboard: (text: string) => clipboard.writeText(text),
  setSystemTheme: (theme: 'light' | 'dark') => nativeTheme.setSystem(theme),
  clickNotification: (title: string) =>
    void StandInNotification.shown.findLast((one) => one.title === title)?.emit('click', {}),
  /** What the next dialog that asks for a path is answered; null closes it. */
  choosePath(path: string | null): void {
    world.chosenPath = path;
  },
  attachWebview(): boolean {
    const event = preventable({});
    window().webContents.emit('will-attach-webview', event, {}, { src: 'https://example.com' });
    return !event.defaultPrevented;
  },
  /** Calls a handler as somebody else would: what a page of ours can't send. */
  invokeAs(
    who: 'no frame' | 'sub-frame' | 'other origin' | 'other page' | 'window',
    channel: string,
    ...args: unknown[]
  ) {
    const { webContents } = window();
    const { mainFrame } = webContents;
    const frames = {
      'no frame': null,
      'sub-frame': { url: mainFrame.url, origin: mainFrame.origin, parent: mainFrame },
      'other origin': Object.assign(mainFrame, {}),
      'other page': mainFrame,
      window: mainFrame,
    };
    if (who === 'other origin') {
      const elsewhere = { origin: 'https://example.com', url: 'https://example.com/', parent: null };
      return invoke(channel, { mainFrame: elsewhere }, elsewhere, args);
    }
    return invoke(channel, who === 'other page' ? { mainFrame } : webContents, frames[who], args);
  },
};
export type Controls = typeof controls;

/** Lets the process that started this one use the controls. */
export function takeControl(): void {
  process.on('message', (message: { id: number; name: keyof Controls; args: unknown[] }) => {
    void answer(message);
  });
  process.channel?.unref();
}

/** To a test that may have gone meanwhile. */
function reply(message: object): void {
  if (process.connected) process.send?.(message, () => undefined);
}

async function answer({
  id,
  name,
  args,
}: {
  id: number;
  name: keyof Controls;
  args: unknown[];
}): Promise<void> {
  try {
    const result: unknown = await Reflect.apply(controls[name], controls, args);
    reply({ id, result: result ?? null });
  } catch (error) {
    reply({ id, error: String(error) });
  }
}
