import { ClipboardItem, clipboard } from 'electron';
import type { FaceClipboard } from '../../bridge/face.ts';
import { concealedFormats } from './concealed-formats.ts';

/** The system clipboard. Only the main process reads or writes it. */
export function createClipboard(platform: NodeJS.Platform): FaceClipboard {
  return {
    read: () => clipboard.readText(),

    async writeSecret(text) {
      try {
        await clipboard.write([new ClipboardItem({ 'text/plain': text, ...concealedFormats(platform) })]);
      } catch (error) {
        process.stderr.write(
          `varvel: the copied key could not be hidden from clipboard managers: ${String(error)}\n`,
        );
        await clipboard.writeText(text);
      }
    },

    clear: async () => clipboard.clear(),
  };
}
