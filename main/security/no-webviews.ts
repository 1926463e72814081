import type { WebContents } from 'electron';

/** Blocks webviews, which would have permissions of their own. */
export function denyWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
