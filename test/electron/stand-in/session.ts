import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import type { BrowserContext, Download } from 'playwright-core';
import { preventable } from './event.ts';
import { world } from './world.ts';

type Handlers = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>;
type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

/** The Permissions API's names of what a page may ask for, by Electron's. */
const permissions = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  media: 'camera',
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  midi: 'midi',
  'idle-detection': 'idle-detection',
  'local-fonts': 'local-fonts',
  'window-management': 'window-management',
} as const;
type Permission = keyof typeof permissions;

const isPermission = (name: string): name is Permission => Object.hasOwn(permissions, name);

/** A session: its handlers are asked for each permission when the browser starts, since CDP shows no prompt. */
class StandInSession extends EventEmitter implements Handlers {
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  hasDeviceHandler = false;
  hasDisplayHandler = false;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {
    this.hasDeviceHandler = handler !== null;
  }

  setDisplayMediaRequestHandler(handler: Parameters<Session['setDisplayMediaRequestHandler']>[0]): void {
    this.hasDisplayHandler = handler !== null;
  }

  /** As Electron: what no handler denies is allowed. */
  async #allows(permission: Permission): Promise<boolean> {
    const details = { isMainFrame: true, requestingUrl: '' };
    const checked = this.#check ? this.#check(null, permission, '', details) : true;
    const request = this.#request;
    if (checked || !request) return checked;
    const [window] = world.windows;
    if (!window) return false;
    return new Promise((resolve) =>
      Reflect.apply(request, null, [window.webContents, permission, resolve, details]),
    );
  }

  async applyTo(context: BrowserContext): Promise<void> {
    const [page] = context.pages();
    if (!page) return;
    const cdp = await context.newCDPSession(page);
    for (const name of Object.keys(permissions).filter(isPermission)) {
      const setting = (await this.#allows(name)) ? 'granted' : 'denied';
      await cdp.send('Browser.setPermission', { permission: { name: permissions[name] }, setting });
    }
    await cdp.detach();
  }

  async hearDownload(download: Download): Promise<void> {
    const event = preventable({});
    this.emit('will-download', event, { getURL: () => download.url() });
    if (!event.defaultPrevented) return;
    world.done.prevented.push({ what: 'download', url: download.url() });
    await download.cancel();
  }
}

export const defaultSession = new StandInSession();
