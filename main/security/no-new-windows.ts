import type { WebContents } from 'electron';

/** No page opens a window. An address that may be opened goes to the system's browser instead. */
export function denyNewWindows(contents: WebContents, openExternal: (url: string) => Promise<boolean>): void {
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url);
    return { action: 'deny' };
  });
}
