import { VarvelError } from '../core/model/error.ts';
import type { Face, FaceClipboard } from './face.ts';

export type SecretCopy = ReturnType<typeof createSecretCopy>;

/** How long to wait before a clipboard that couldn't be read is tried again, in milliseconds. */
const retryMs = 2000;

/**
 * Copies secrets for a while. After that, and on quit, it clears the clipboard if it still holds the copied text.
 * @param emit tells the windows that it was cleared
 */
export function createSecretCopy(clipboard: FaceClipboard, emit: Face['emit']) {
  let held: { text: string; timer: NodeJS.Timeout; written: Promise<void> } | null = null;
  let closed = false;

  async function clear(): Promise<void> {
    const copied = held;
    if (!copied) return;
    clearTimeout(copied.timer);
    await copied.written;
    if ((await clipboard.read()) === copied.text) {
      await clipboard.clear();
      emit('clipboardCleared', {});
    }
    // not before, or a clipboard that can't be read once would keep the secret; and a newer copy stays held
    if (held === copied) held = null;
  }

  const clearIn = (ms: number): NodeJS.Timeout =>
    setTimeout(() => {
      const copied = held;
      clear().catch(() => {
        if (held && held === copied) held.timer = clearIn(retryMs);
      });
    }, ms).unref();

  return {
    /** @throws VarvelError `refused` once it is closed; what the clipboard throws */
    async copy(text: string, seconds: number): Promise<void> {
      if (closed)
        throw new VarvelError(
          'refused',
          'Varvel is quitting, and couldn’t clear the clipboard later.',
          'Start it again, and copy then.',
        );
      if (held) clearTimeout(held.timer);
      const write = clipboard.writeSecret(text);
      held = { text, timer: clearIn(seconds * 1000), written: write.catch(() => undefined) };
      await write;
    },
    /** Clears it now and copies no more; for quit, which may have to wait for other work. @throws what the clipboard throws */
    async close(): Promise<void> {
      closed = true;
      await clear();
    },
  };
}
