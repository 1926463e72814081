import type { WebContents } from 'electron';

/** Blocks new windows. An allowed address opens in the system's browser instead. */
export function denyNewWindows(contents: WebContents, openExternal: (url: string) => Promise<boolean>): void {
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url);
    return { action: 'deny' };
  });
}
