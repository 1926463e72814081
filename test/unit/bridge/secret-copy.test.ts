import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSecretCopy } from '../../../bridge/secret-copy.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A clipboard that can't be read so many times, as while another program holds it. */
function newClipboard(unreadable = 0) {
  const clipboard = {
    text: '',
    events: [] as string[],
    async read() {
      unreadable -= 1;
      if (unreadable >= 0) throw new Error('The clipboard is busy.');
      return clipboard.text;
    },
    async writeSecret(text: string) {
      clipboard.text = text;
    },
    async clear() {
      clipboard.text = '';
    },
  };
  return { clipboard, copy: createSecretCopy(clipboard, (event) => void clipboard.events.push(event)) };
}

test('after its time a secret is gone from the clipboard, and the windows hear of it', async () => {
  const { clipboard, copy } = newClipboard();
  await copy.copy('id:secret', 30);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(clipboard).toMatchObject({ text: 'id:secret', events: [] });
  await vi.advanceTimersByTimeAsync(2000);
  expect(clipboard).toMatchObject({ text: '', events: ['clipboardCleared'] });
});

test('what was copied since stays, and nothing is said', async () => {
  const { clipboard, copy } = newClipboard();
  await copy.copy('id:secret', 30);
  clipboard.text = 'something else';
  await vi.advanceTimersByTimeAsync(60_000);
  expect(clipboard).toMatchObject({ text: 'something else', events: [] });
});

test('a clipboard that can’t be read is tried until it can', async () => {
  const { clipboard, copy } = newClipboard(4);
  await copy.copy('id:secret', 30);
  await vi.advanceTimersByTimeAsync(30_000 + 3 * 2000);
  expect(clipboard.text).toBe('id:secret');
  await vi.advanceTimersByTimeAsync(2000);
  expect(clipboard).toMatchObject({ text: '', events: ['clipboardCleared'] });
});

test('on quit a clipboard that couldn’t be read before is cleared after all', async () => {
  const { clipboard, copy } = newClipboard(1);
  await copy.copy('id:secret', 30);
  await vi.advanceTimersByTimeAsync(30_500);
  await copy.close();
  expect(clipboard.text).toBe('');
});

test('while it quits, nothing more is copied, as nobody would clear it', async () => {
  const { clipboard, copy } = newClipboard();
  await copy.close();
  await expect(copy.copy('id:secret', 30)).rejects.toMatchObject({ code: 'refused' });
  expect(clipboard.text).toBe('');
});

test('a copy that the quit comes amid is cleared too', async () => {
  const { clipboard, copy } = newClipboard();
  const { writeSecret } = clipboard;
  let write = (): void => undefined;
  const allowed = new Promise<void>((resolve) => {
    write = resolve;
  });
  clipboard.writeSecret = async (text) => {
    await allowed;
    await writeSecret(text);
  };
  const copied = copy.copy('id:secret', 30);
  const closed = copy.close();
  write();
  await Promise.all([copied, closed]);
  expect(clipboard.text).toBe('');
});

test('a second secret has its own time', async () => {
  const { clipboard, copy } = newClipboard();
  await copy.copy('id:first', 30);
  await vi.advanceTimersByTimeAsync(20_000);
  await copy.copy('id:second', 30);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(clipboard.text).toBe('id:second');
  await vi.advanceTimersByTimeAsync(11_000);
  expect(clipboard).toMatchObject({ text: '', events: ['clipboardCleared'] });
});
