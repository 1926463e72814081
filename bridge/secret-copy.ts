import type { Face, FaceClipboard } from './face.ts';

export type SecretCopy = ReturnType<typeof createSecretCopy>;

/** How long to wait before a clipboard that couldn't be read is tried again, in milliseconds. */
const retryMs = 2000;

/**
 * Copies secrets for a while. After that, and on quit, it clears the clipboard if it still holds the copied text.
 * @param emit tells the windows that it was cleared
 */
export function createSecretCopy(clipboard: FaceClipboard, emit: Face['emit']) {
  let held: { text: string; timer: NodeJS.Timeout } | null = null;

  async function clear(): Promise<void> {
    const copied = held;
    if (!copied) return;
    clearTimeout(copied.timer);
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
    async copy(text: string, seconds: number): Promise<void> {
      if (held) clearTimeout(held.timer);
      held = { text, timer: clearIn(seconds * 1000) };
      await clipboard.writeSecret(text);
    },
    /** Clears it now; for quit. @throws what the clipboard throws */
    clear,
  };
}
