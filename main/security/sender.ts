import type { WebContents, WebFrameMain } from 'electron';
import { origin } from '../window/origin.ts';

/** What an IPC event says of where it comes from. */
export interface Sender {
  sender: WebContents;
  senderFrame: WebFrameMain | null;
}

/** Whether a message comes from the main frame of a window of ours, while that frame shows our own page. */
export function isOurWindow({ sender, senderFrame }: Sender, windows: readonly WebContents[]): boolean {
  return (
    senderFrame !== null &&
    windows.includes(sender) &&
    // not by identity: Electron doesn't promise one object for each frame
    senderFrame.parent === null &&
    senderFrame.origin === origin
  );
}
