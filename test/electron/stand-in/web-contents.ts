import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { WebContents, WebFrameMain, WebPreferences } from 'electron';
import type { CDPSession, Page } from 'playwright-core';
import { fromBrowser, originOf, toBrowser } from './addresses.ts';
import { answerInvoke } from './ipc-main.ts';
import { bindingName, isolatedWorld, pageScripts } from './page-scripts.ts';
import { createWire } from './wire.ts';
import { world } from './world.ts';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];
const { write } = createWire();

/** A page's main frame, as IPC names it. */
export type StandInFrame = Pick<WebFrameMain, 'url' | 'origin' | 'parent'>;

/** A page of a window: Chromium's page, with the preload in an isolated world of it. */
export class StandInWebContents
  extends EventEmitter
  implements
    Pick<WebContents, 'send' | 'isDestroyed' | 'isLoading' | 'getURL' | 'setWindowOpenHandler' | 'reload'>
{
  readonly id: number;
  readonly preferences: WebPreferences;
  readonly mainFrame: StandInFrame;
  /** A load that the program asked for, which no event announces. */
  programmatic = false;
  page: Page | null = null;
  #cdp: CDPSession | null = null;
  /** The isolated world of the page that is shown. */
  #context: number | null = null;
  #loading = false;
  #destroyed = false;
  #open: OpenHandler = () => ({ action: 'allow' });

  constructor(id: number, preferences: WebPreferences) {
    super();
    this.id = id;
    this.preferences = preferences;
    const url = () => this.getURL();
    this.mainFrame = {
      get url() {
        return url();
      },
      get origin() {
        return originOf(url());
      },
      parent: null,
    };
  }

  getURL(): string {
    return fromBrowser(this.page?.url() ?? '', world.handlers.keys());
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#open = handler;
  }

  reload(): void {
    void this.load(this.getURL());
  }

  send(channel: string, ...args: unknown[]): void {
    const text = write(args);
    world.done.ipc.push({ direction: 'out', text: `${channel} ${text}` });
    this.evaluate(`__standInHear(${JSON.stringify(channel)}, ${JSON.stringify(text)})`);
  }

  /** Runs in the preload's world; a page that is going is told nothing. */
  evaluate(expression: string): void {
    if (this.#context === null) return;
    this.#cdp?.send('Runtime.evaluate', { contextId: this.#context, expression }).catch(() => undefined);
  }

  async attach(page: Page): Promise<void> {
    this.page = page;
    const cdp = await page.context().newCDPSession(page);
    this.#cdp = cdp;
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === isolatedWorld && isMainFrame(context.auxData, mainFrameId))
        this.#context = context.id;
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== bindingName) return;
      const isMain = executionContextId === this.#context;
      void answerInvoke(this, isMain ? this.mainFrame : null, payload);
    });
    cdp.on('Page.windowOpen', ({ url, windowName }) => this.#hearOpen(url, windowName));
    await cdp.send('Page.enable');
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const mainFrameId = frameTree.frame.id;
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: bindingName, executionContextName: isolatedWorld });
    const { preload } = this.preferences;
    const scripts = pageScripts({
      token: randomBytes(16).toString('hex'),
      preload: preload ? readFileSync(preload, 'utf8') : '',
    });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: scripts.isolated,
      worldName: isolatedWorld,
    });
    page.on('console', (message) => world.done.said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => world.done.said.push(`error: ${error.message}`));
  }

  #hearOpen(url: string, frameName: string): void {
    const address = fromBrowser(url, world.handlers.keys());
    const { action } = this.#open({
      url: address,
      frameName,
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'no-referrer' },
    });
    if (action === 'deny') world.done.prevented.push({ what: 'window', url: address });
  }

  async load(url: string): Promise<void> {
    this.#loading = true;
    this.programmatic = true;
    try {
      await this.page?.goto(toBrowser(url, world.handlers.keys()), { waitUntil: 'commit' });
      this.programmatic = false;
      await this.page?.waitForLoadState('load');
      this.emit('did-finish-load');
    } finally {
      this.programmatic = false;
      this.#loading = false;
    }
  }

  async end(): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#context = null;
    this.emit('destroyed');
    await this.page?.close().catch(() => undefined);
  }
}

const isMainFrame = (auxData: unknown, frameId: string): boolean =>
  typeof auxData === 'object' && auxData !== null && 'frameId' in auxData && auxData.frameId === frameId;
