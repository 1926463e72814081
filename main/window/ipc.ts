import { ipcMain, type WebContents } from 'electron';
import type { Answer } from '../../contract/bridge.ts';
import { callChannel } from '../../contract/channels.ts';
import { toHint } from '../../core/model/hint.ts';
import { isOurWindow } from '../security/sender.ts';

const stranger: Answer = {
  error: {
    code: 'refused',
    message: 'This page is none of Varvel’s windows, and is not answered.',
    hint: toHint('Close it and open Varvel’s own window from the tray.'),
  },
};

/** Answers the windows' calls: one channel, whose sender is checked before anything in the message is looked at. */
export function setupIpc(
  serve: (method: unknown, input: unknown) => Promise<Answer>,
  windows: () => WebContents[],
): void {
  ipcMain.handle(
    callChannel,
    async (event, method: unknown, input: unknown): Promise<Answer> =>
      isOurWindow(event, windows()) ? serve(method, input) : stranger,
  );
}
