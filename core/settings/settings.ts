import type { Activity } from '../activity/activity.ts';
import { VarvelError } from '../model/error.ts';
import { longestRotateAfterDays } from '../model/fal/rotate-by.ts';
import {
  activityDayChoices,
  clipboardRange,
  moneyReadings,
  type Settings,
  type SettingsChange,
  themes,
} from '../model/settings.ts';
import type { Ports } from '../ports.ts';
import { generalRule, isRotateAfterDays, setGeneralRule } from '../reminders/general-rule.ts';

const defaults = {
  theme: 'system',
  clipboardSeconds: 45,
  activityDays: 365,
  moneyReading: 'automatic',
} as const;
const { least: shortest, most: longest } = clipboardRange;

const isClipboardTime = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= shortest && seconds <= longest;

/** Settings, in the database; an invalid value (from another version) counts as not set. */
export function createSettings({ state }: Pick<Ports, 'state'>, activity: Pick<Activity, 'prune'>) {
  const read = (): Settings => {
    const theme = themes.find((known) => known === state.settings.get('theme'));
    const seconds = Number(state.settings.get('clipboard_seconds'));
    const days = Number(state.settings.get('activity_days'));
    const reading = moneyReadings.find((known) => known === state.settings.get('money_reading'));
    return {
      theme: theme ?? defaults.theme,
      clipboardSeconds: isClipboardTime(seconds) ? seconds : defaults.clipboardSeconds,
      activityDays: activityDayChoices.find((known) => known === days) ?? defaults.activityDays,
      rotateAfterDays: generalRule(state),
      moneyReading: reading ?? defaults.moneyReading,
    };
  };
  return {
    read,

    /** @throws VarvelError `invalid` */
    change(change: SettingsChange): Settings {
      const { theme, clipboardSeconds, activityDays, rotateAfterDays, moneyReading } = change;
      if (clipboardSeconds !== undefined && !isClipboardTime(clipboardSeconds)) {
        throw new VarvelError(
          'invalid',
          `A secret can’t stay on the clipboard for ${clipboardSeconds} s.`,
          `Use ${shortest} to ${longest} seconds.`,
        );
      }
      if (typeof rotateAfterDays === 'number' && !isRotateAfterDays(rotateAfterDays)) {
        throw new VarvelError(
          'invalid',
          `Keys can’t be rotated every ${rotateAfterDays} days.`,
          `Use 1 to ${longestRotateAfterDays} days.`,
        );
      }
      state.transaction(() => {
        if (theme !== undefined) state.settings.set('theme', theme);
        if (clipboardSeconds !== undefined) state.settings.set('clipboard_seconds', String(clipboardSeconds));
        if (activityDays !== undefined) state.settings.set('activity_days', String(activityDays));
        if (rotateAfterDays !== undefined) setGeneralRule(state, rotateAfterDays);
        if (moneyReading !== undefined) state.settings.set('money_reading', moneyReading);
      });
      if (activityDays !== undefined) activity.prune(activityDays);
      return read();
    },
  };
}
