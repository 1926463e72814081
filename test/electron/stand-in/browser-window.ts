import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import { isGone, startBrowser } from './browser.ts';
import { preventable } from './event.ts';
import { nativeTheme } from './native-theme.ts';
import { defaultSession } from './session.ts';
import { StandInWebContents } from './web-contents.ts';
import { note, world } from './world.ts';

let last = 0;

/** A window: a page of Chromium's, and what else a window has, as numbers. */
export class StandInWindow
  extends EventEmitter
  implements
    Pick<
      BrowserWindow,
      | 'id'
      | 'show'
      | 'hide'
      | 'focus'
      | 'close'
      | 'destroy'
      | 'isDestroyed'
      | 'isVisible'
      | 'isMinimized'
      | 'isMaximized'
      | 'minimize'
      | 'restore'
      | 'maximize'
      | 'unmaximize'
      | 'getBounds'
      | 'getNormalBounds'
      | 'setBounds'
      | 'getTitle'
      | 'setTitle'
      | 'setBackgroundColor'
      | 'getBackgroundColor'
      | 'loadURL'
    >
{
  static #all = new Set<StandInWindow>();
  static getAllWindows = (): StandInWindow[] => [...StandInWindow.#all];
  static getFocusedWindow = (): StandInWindow | null =>
    [...StandInWindow.#all].find((window) => window.#visible) ?? null;

  readonly id = ++last;
  readonly webContents: StandInWebContents;
  readonly options: BrowserWindowConstructorOptions;
  #bounds: Rectangle;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #destroyed = false;
  #title: string;
  #color: string;
  readonly #page: Promise<void>;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const {
      x = 0,
      y = 0,
      width = 800,
      height = 600,
      show = true,
      title = 'Electron',
      backgroundColor = '#FFF',
    } = options;
    this.options = options;
    this.#bounds = { x, y, width, height };
    this.#visible = show;
    this.#title = title;
    this.#color = backgroundColor;
    this.webContents = new StandInWebContents(this.id, options.webPreferences ?? {});
    StandInWindow.#all.add(this);
    world.windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
    this.#page = this.#makePage().catch((error: unknown) => {
      if (!this.#destroyed || !isGone(error)) throw error;
    });
  }

  async #makePage(): Promise<void> {
    const context = await startBrowser(app.getPath('userData'));
    await defaultSession.applyTo(context);
    const page = await context.newPage();
    world.windowOf.set(page, this);
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height });
    await page.emulateMedia({ colorScheme: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' });
    page.on('download', (download) => void defaultSession.hearDownload(download));
    await this.webContents.attach(page);
    page.on('load', () => void this.#hearTitle());
  }

  async #hearTitle(): Promise<void> {
    const title = await this.webContents.page?.title().catch(() => '');
    if (!title) return;
    const event = preventable({});
    this.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) this.#title = title;
  }

  async loadURL(url: string): Promise<void> {
    await this.#page;
    await this.webContents.load(url);
    this.emit('ready-to-show');
  }

  async paintAs(colorScheme: 'dark' | 'light'): Promise<void> {
    await this.#page;
    await this.webContents.page?.emulateMedia({ colorScheme });
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
    this.focus();
  }

  hide(): void {
    this.#visible = false;
    this.emit('hide');
  }

  focus(): void {
    note('BrowserWindow.focus', this.id);
    this.emit('focus');
  }

  minimize(): void {
    this.#minimized = true;
    this.emit('minimize');
  }

  restore(): void {
    this.#minimized = false;
    this.emit('restore');
  }

  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize');
  }

  close(): void {
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#visible = false;
    StandInWindow.#all.delete(this);
    world.windows.delete(this);
    void this.#page.then(() => this.webContents.end());
    this.emit('closed');
    if (world.windows.size === 0) app.hearNoWindow();
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { width, height, x, y } = this.#bounds;
    if (width !== before.width || height !== before.height) this.emit('resize');
    if (x !== before.x || y !== before.y) this.emit('move');
    void this.webContents.page?.setViewportSize({ width, height });
  }

  getBounds = (): Rectangle => ({ ...this.#bounds });
  getNormalBounds = (): Rectangle => ({ ...this.#bounds });
  isDestroyed = (): boolean => this.#destroyed;
  isVisible = (): boolean => this.#visible;
  isMinimized = (): boolean => this.#minimized;
  isMaximized = (): boolean => this.#maximized;
  getTitle = (): string => this.#title;
  setTitle(title: string): void {
    this.#title = title;
  }
  getBackgroundColor = (): string => this.#color;
  setBackgroundColor(color: string): void {
    this.#color = color;
  }
}
