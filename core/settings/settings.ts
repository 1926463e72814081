import { VarvelError } from '../model/error.ts';
import { clipboardRange, type Settings, themes } from '../model/settings.ts';
import type { Ports } from '../ports.ts';

const usual: Settings = { theme: 'system', clipboardSeconds: 45 };
const { least: shortest, most: longest } = clipboardRange;

const isClipboardTime = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= shortest && seconds <= longest;

/** Settings, in the database; a value that can't be (of another version) counts as not set. */
export function createSettings({ state }: Pick<Ports, 'state'>) {
  const read = (): Settings => {
    const theme = themes.find((known) => known === state.settings.get('theme'));
    const seconds = Number(state.settings.get('clipboard_seconds'));
    return {
      theme: theme ?? usual.theme,
      clipboardSeconds: isClipboardTime(seconds) ? seconds : usual.clipboardSeconds,
    };
  };
  return {
    read,

    /** @throws VarvelError `invalid` */
    change({ theme, clipboardSeconds }: Partial<Settings>): Settings {
      if (clipboardSeconds !== undefined && !isClipboardTime(clipboardSeconds)) {
        throw new VarvelError(
          'invalid',
          `${clipboardSeconds} s is no time for a secret to stay on the clipboard.`,
          `Take ${shortest} to ${longest} seconds.`,
        );
      }
      state.transaction(() => {
        if (theme !== undefined) state.settings.set('theme', theme);
        if (clipboardSeconds !== undefined) state.settings.set('clipboard_seconds', String(clipboardSeconds));
      });
      return read();
    },
  };
}
