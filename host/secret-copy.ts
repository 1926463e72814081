import type { FaceClipboard } from './face.ts';

export type SecretCopy = ReturnType<typeof createSecretCopy>;

/** Copies secrets for a while: after it, and on quit, the clipboard is cleared if it still holds what was copied. */
export function createSecretCopy(clipboard: FaceClipboard) {
  let held: { text: string; timer: NodeJS.Timeout } | null = null;

  function clear(): void {
    if (!held) return;
    clearTimeout(held.timer);
    if (clipboard.read() === held.text) clipboard.clear();
    held = null;
  }

  return {
    copy(text: string, seconds: number): void {
      if (held) clearTimeout(held.timer);
      clipboard.writeSecret(text);
      held = { text, timer: setTimeout(clear, seconds * 1000) };
      held.timer.unref();
    },
    /** On quit: at once. */
    clear,
  };
}
