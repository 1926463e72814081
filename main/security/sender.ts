import type { WebContents, WebFrameMain } from 'electron';
import { origin } from '../window/origin.ts';

/** The sender of an IPC event. */
export interface Sender {
  sender: WebContents;
  senderFrame: WebFrameMain | null;
}

/** Whether a message comes from the main frame of one of our windows, while it shows our own page. */
export function isOurWindow({ sender, senderFrame }: Sender, windows: readonly WebContents[]): boolean {
  return (
    senderFrame !== null &&
    windows.includes(sender) &&
    // not compared by identity: Electron doesn't promise one object per frame
    senderFrame.parent === null &&
    senderFrame.origin === origin
  );
}
