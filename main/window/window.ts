import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import type { EventName, EventPayload } from '../../contract/events.ts';
import type { Preferences } from '../app/preferences.ts';
import { smallest, windowBounds } from './bounds.ts';
import { reviveAfterCrash } from './crash.ts';
import { startPage } from './origin.ts';
import { sendEvent } from './send-event.ts';
import { paper } from './theme.ts';

export type MainWindow = ReturnType<typeof setupWindow>;
type Command = EventPayload<'command'>['command'];

/** How long after its last move the window's place is kept, in milliseconds. */
const settleMs = 400;

/** The one window: made when it is asked for, gone when it is closed, and back where it was. */
export function setupWindow({ preferences, preload, icon }: Options) {
  let window: BrowserWindow | null = null;
  /** Whether the page has started, and listens. */
  let hears = false;
  /** Asked last of a page that doesn't hear yet. */
  let waiting: Command | null = null;

  function open(): BrowserWindow {
    const before = preferences.bounds();
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    const made = new BrowserWindow({
      ...windowBounds(
        before,
        [primary, ...others].map(({ workArea }) => workArea),
      ),
      minWidth: smallest.width,
      minHeight: smallest.height,
      title: 'Varvel',
      show: false,
      autoHideMenuBar: true,
      backgroundColor: paper(),
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
    if (before?.maximized) made.maximize();
    // at once, on its own ground: waiting for the page would leave a person with nothing
    made.show();
    // a title that the page sets could say what is on it
    made.on('page-title-updated', (event) => event.preventDefault());
    keepBounds(made, preferences);
    reviveAfterCrash(made, () => {
      hears = false;
    });
    made.on('closed', () => {
      if (window === made) window = null;
      hears = false;
    });
    let closing = false;
    made.on('close', () => {
      closing = true;
    });
    void made.loadURL(startPage).catch((error: unknown) => {
      // one that is closed meanwhile has nothing to show
      if (closing) return;
      process.stderr.write(`varvel: the window could not be loaded: ${String(error)}\n`);
    });
    return made;
  }

  nativeTheme.on('updated', () => window?.setBackgroundColor(paper()));

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
    /** The pages that may call the bridge. */
    contents: (): WebContents[] => (window ? [window.webContents] : []),
    emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
      if (window) sendEvent(window.webContents, event, payload);
    },
    /** Brings the window up and asks something of it, as soon as it can hear. */
    command(command: Command): void {
      const { webContents } = show();
      if (hears) sendEvent(webContents, 'command', { command });
      else waiting = command;
    },
    /** The page has started and hears. */
    started(): void {
      hears = true;
      if (window && waiting) sendEvent(window.webContents, 'command', { command: waiting });
      waiting = null;
    },
  };
}

interface Options {
  preferences: Preferences;
  /** Path of the bundled preload. */
  preload: string;
  /** Path of the window's icon, where a window has one of its own. */
  icon: string | null;
}

/** Writes the bounds when the window has come to rest, and when it closes. */
function keepBounds(window: BrowserWindow, preferences: Preferences): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    preferences.keepBounds({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, settleMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', keep);
}
