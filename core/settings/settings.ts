import type { Activity } from '../activity/activity.ts';
import { VarvelError } from '../model/error.ts';
import { activityDayChoices, clipboardRange, type Settings, themes } from '../model/settings.ts';
import type { Ports } from '../ports.ts';

const defaults: Settings = { theme: 'system', clipboardSeconds: 45, activityDays: 365 };
const { least: shortest, most: longest } = clipboardRange;

const isClipboardTime = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= shortest && seconds <= longest;

/** Settings, in the database; an invalid value (from another version) counts as not set. */
export function createSettings({ state }: Pick<Ports, 'state'>, activity: Pick<Activity, 'prune'>) {
  const read = (): Settings => {
    const theme = themes.find((known) => known === state.settings.get('theme'));
    const seconds = Number(state.settings.get('clipboard_seconds'));
    const days = Number(state.settings.get('activity_days'));
    return {
      theme: theme ?? defaults.theme,
      clipboardSeconds: isClipboardTime(seconds) ? seconds : defaults.clipboardSeconds,
      activityDays: activityDayChoices.find((known) => known === days) ?? defaults.activityDays,
    };
  };
  return {
    read,

    /** @throws VarvelError `invalid` */
    change({ theme, clipboardSeconds, activityDays }: Partial<Settings>): Settings {
      if (clipboardSeconds !== undefined && !isClipboardTime(clipboardSeconds)) {
        throw new VarvelError(
          'invalid',
          `A secret can’t stay on the clipboard for ${clipboardSeconds} s.`,
          `Use ${shortest} to ${longest} seconds.`,
        );
      }
      state.transaction(() => {
        if (theme !== undefined) state.settings.set('theme', theme);
        if (clipboardSeconds !== undefined) state.settings.set('clipboard_seconds', String(clipboardSeconds));
        if (activityDays !== undefined) state.settings.set('activity_days', String(activityDays));
      });
      if (activityDays !== undefined) activity.prune(activityDays);
      return read();
    },
  };
}
