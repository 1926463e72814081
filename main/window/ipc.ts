import { ipcMain, type WebContents } from 'electron';
import type { Answer } from '../../contract/bridge.ts';
import { callChannel } from '../../contract/channels.ts';
import { toHint } from '../../core/model/hint.ts';
import { isOurWindow } from '../security/sender.ts';

const unknownSender: Answer = {
  error: {
    code: 'refused',
    message: 'This page isn’t one of Varvel’s windows.',
    hint: toHint('Close it, and open Varvel from the tray.'),
  },
};

/** Answers the windows' calls on one channel. The sender is checked before the message is read. */
export function setupIpc(
  serve: (method: unknown, input: unknown) => Promise<Answer>,
  windows: () => WebContents[],
): void {
  ipcMain.handle(
    callChannel,
    async (event, method: unknown, input: unknown): Promise<Answer> =>
      isOurWindow(event, windows()) ? serve(method, input) : unknownSender,
  );
}
