import type { Settings } from '../../../core/model/settings.ts';

/** The settings, as `--json` prints them. */
export const settingsDocument = (settings: Settings) => ({
  settings: {
    theme: settings.theme,
    clipboard_seconds: settings.clipboardSeconds,
    activity_days: settings.activityDays,
    rotate_by_days: settings.rotateAfterDays,
    balances: settings.moneyReading,
  },
});
