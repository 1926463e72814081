import type { WebContents } from 'electron';
import { isStartPage } from '../window/origin.ts';

/** Keeps a page where it was loaded: no script, link or drop can navigate it or its frames elsewhere. */
export function denyNavigation(contents: WebContents): void {
  contents.on('will-frame-navigate', (details) => {
    const reloads = details.isMainFrame && isStartPage(details.url);
    if (!reloads) details.preventDefault();
  });
  contents.on('will-navigate', (details) => {
    if (!isStartPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
}
