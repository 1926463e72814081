import { app, type Session } from 'electron';
import { denyDownloads } from './no-downloads.ts';
import { denyNavigation } from './no-navigation.ts';
import { denyNewWindows } from './no-new-windows.ts';
import { denyPermissions } from './no-permissions.ts';
import { denyWebviews } from './no-webviews.ts';

function secureSession(session: Session): void {
  denyPermissions(session);
  denyDownloads(session);
}

/**
 * Applies the security rules to every session and page. Call it before the first one is created.
 * @param openExternal called with each address that a page wants to open in a window
 */
export function secureAllContents(openExternal: (url: string) => Promise<boolean>): void {
  app.on('session-created', secureSession);
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents);
    denyNewWindows(contents, openExternal);
    denyWebviews(contents);
  });
}
