import { app, type Session, type WebContents } from 'electron';
import { isStartPage } from '../window/origin.ts';

/**
 * Applies the security rules to every session and page. Call it before the first one is created.
 * @param openExternal called with each address that a page wants to open in a window
 */
export function secureAllContents(openExternal: (url: string) => Promise<boolean>): void {
  app.on('session-created', (session) => {
    denyPermissions(session);
    denyDownloads(session);
    denyDictionaries(session);
  });
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents);
    denyNewWindows(contents, openExternal);
    denyWebviews(contents);
  });
}

/** Denies every permission: clipboard, camera, location, devices, screen, notifications. */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}

/** Blocks downloads. Files are written by the core only. */
function denyDownloads(session: Session): void {
  session.on('will-download', (event) => event.preventDefault());
}

/**
 * Turns the spell checker off. Its dictionaries come from Google, at each start until they are there; that no page uses it
 * changes nothing.
 */
function denyDictionaries(session: Session): void {
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
}

/** Keeps a page where it was loaded: no script, link or drop can navigate it or its frames elsewhere. */
function denyNavigation(contents: WebContents): void {
  contents.on('will-frame-navigate', (details) => {
    const reloads = details.isMainFrame && isStartPage(details.url);
    if (!reloads) details.preventDefault();
  });
  contents.on('will-navigate', (details) => {
    if (!isStartPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
}

/** Blocks new windows. An allowed address opens in the system's browser instead. */
function denyNewWindows(contents: WebContents, openExternal: (url: string) => Promise<boolean>): void {
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url);
    return { action: 'deny' };
  });
}

/** Blocks webviews, which would have permissions of their own. */
function denyWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
