import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import type { EventName, EventPayload } from '../../contract/events.ts';
import type { Preferences } from '../app/preferences.ts';
import { minSize, windowBounds } from './bounds.ts';
import { reloadAfterCrash } from './crash.ts';
import { startPage } from './origin.ts';
import { sendEvent } from './send-event.ts';
import { backgroundColor } from './theme.ts';

export type MainWindow = ReturnType<typeof setupWindow>;
type Command = EventPayload<'command'>['command'];

/** How long after its last move the window's bounds are saved, in milliseconds. */
const saveDelayMs = 400;

/** Manages the one window: creates it on demand, and restores its bounds. */
export function setupWindow({ preferences, preload, icon }: Options) {
  let window: BrowserWindow | null = null;
  /** Whether the page has started and receives events. */
  let isListening = false;
  /** The last command for a page that isn't listening yet. */
  let pending: Command | null = null;

  function open(): BrowserWindow {
    const before = preferences.bounds();
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    const created = new BrowserWindow({
      ...windowBounds(
        before,
        [primary, ...others].map(({ workArea }) => workArea),
      ),
      minWidth: minSize.width,
      minHeight: minSize.height,
      title: 'Varvel',
      show: false,
      autoHideMenuBar: true,
      backgroundColor: backgroundColor(),
      ...(icon && { icon }),
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    });
    if (before?.maximized) created.maximize();
    // shown before the page loads, so that something appears at once
    created.show();
    // the page's title could reveal its content
    created.on('page-title-updated', (event) => event.preventDefault());
    saveBoundsOf(created, preferences);
    reloadAfterCrash(created, () => {
      isListening = false;
    });
    created.on('closed', () => {
      if (window === created) window = null;
      isListening = false;
    });
    let closing = false;
    created.on('close', () => {
      closing = true;
    });
    void created.loadURL(startPage).catch((error: unknown) => {
      // a window closed while loading is no failure
      if (closing) return;
      process.stderr.write(`varvel: the window could not be loaded: ${String(error)}\n`);
    });
    return created;
  }

  nativeTheme.on('updated', () => window?.setBackgroundColor(backgroundColor()));

  function show(): BrowserWindow {
    if (!window) {
      window = open();
      return window;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  }

  return {
    show,
    hide: (): void => window?.hide(),
    /** The pages that may call the bridge. */
    contents: (): WebContents[] => (window ? [window.webContents] : []),
    emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
      if (window) sendEvent(window.webContents, event, payload);
    },
    /** Shows the window and sends it a command, as soon as it listens. */
    command(command: Command): void {
      const { webContents } = show();
      if (isListening) sendEvent(webContents, 'command', { command });
      else pending = command;
    },
    /** Call it once the page has started and listens. */
    markStarted(): void {
      isListening = true;
      if (window && pending) sendEvent(window.webContents, 'command', { command: pending });
      pending = null;
    },
  };
}

interface Options {
  preferences: Preferences;
  /** Path of the bundled preload. */
  preload: string;
  /** Path of the window's icon. Null where the system takes the program's. */
  icon: string | null;
}

/** Saves the bounds when the window stops moving, and when it closes. */
function saveBoundsOf(window: BrowserWindow, preferences: Preferences): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    preferences.saveBounds({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const saveLater = () => {
    clearTimeout(timer);
    timer = setTimeout(save, saveDelayMs);
  };
  window.on('resize', saveLater);
  window.on('move', saveLater);
  window.on('maximize', saveLater);
  window.on('unmaximize', saveLater);
  window.on('close', save);
}
