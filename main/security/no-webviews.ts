import type { WebContents } from 'electron';

/** No page holds another page with rights of its own. */
export function denyWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
