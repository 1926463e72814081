import type { FaceClipboard } from './face.ts';

export type SecretCopy = ReturnType<typeof createSecretCopy>;

/** Copies secrets for a while. After that, and on quit, it clears the clipboard if it still holds the copied text. */
export function createSecretCopy(clipboard: FaceClipboard) {
  let held: { text: string; timer: NodeJS.Timeout } | null = null;

  async function clear(): Promise<void> {
    if (!held) return;
    const { text, timer } = held;
    clearTimeout(timer);
    held = null;
    if ((await clipboard.read()) === text) await clipboard.clear();
  }

  return {
    async copy(text: string, seconds: number): Promise<void> {
      if (held) clearTimeout(held.timer);
      // a clipboard that can't be read must not end the program
      held = { text, timer: setTimeout(() => void clear().catch(() => undefined), seconds * 1000) };
      held.timer.unref();
      await clipboard.writeSecret(text);
    },
    /** Clears it now; for quit. */
    clear,
  };
}
