import { ClipboardItem, clipboard } from 'electron';
import type { FaceClipboard } from '../../bridge/face.ts';
import { concealedFormats } from './concealed-formats.ts';

/** The system's clipboard; only this process reads or writes it. */
export function createClipboard(platform: NodeJS.Platform): FaceClipboard {
  return {
    read: () => clipboard.readText(),

    async writeSecret(text) {
      try {
        await clipboard.write([new ClipboardItem({ 'text/plain': text, ...concealedFormats(platform) })]);
      } catch (error) {
        process.stderr.write(
          `varvel: clipboard managers could not be asked to leave the key alone: ${String(error)}\n`,
        );
        await clipboard.writeText(text);
      }
    },

    clear: async () => clipboard.clear(),
  };
}
