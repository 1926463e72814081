import { VarvelError } from '../../../core/model/error.ts';
import {
  activityDayChoices,
  clipboardRange,
  moneyReadings,
  type Settings,
  type SettingsChange,
  themes,
} from '../../../core/model/settings.ts';
import { didYouMean } from '../../../core/nearest.ts';
import { parseRotateAfter, rotateAfterText } from '../../../core/reminders/rotate-after.ts';

/** A setting, under the name that the command line gives it. */
interface SettingLine {
  does: string;
  /** The values it takes, for people. */
  takes: string;
  /** Some of them, for completion. */
  offers: readonly string[];
  text(settings: Settings): string;
  /** @throws VarvelError `usage`, `invalid` */
  change(value: string): SettingsChange;
}

export const settingsTable: Readonly<Record<string, SettingLine>> = {
  theme: {
    does: 'the window’s theme',
    takes: themes.join('|'),
    offers: themes,
    text: ({ theme }) => theme,
    change: (value) => ({ theme: oneOf('theme', themes, value) }),
  },
  clipboard: {
    does: 'seconds that a copied key stays on the clipboard',
    takes: `${clipboardRange.least} to ${clipboardRange.most}`,
    offers: ['30', '45', '120'],
    text: ({ clipboardSeconds }) => String(clipboardSeconds),
    change(value) {
      if (!/^\d+$/.test(value)) throw notOneOf('clipboard', value);
      return { clipboardSeconds: Number(value) };
    },
  },
  activity: {
    does: 'days that the activity log is kept',
    takes: activityDayChoices.join('|'),
    offers: activityDayChoices.map(String),
    text: ({ activityDays }) => String(activityDays),
    change: (value) => ({ activityDays: oneOf('activity', activityDayChoices, value) }),
  },
  'rotate-by': {
    does: 'how old a key may get before a reminder, where it and its account have no rule',
    takes: '90d|12w|never',
    offers: ['30d', '90d', '180d', 'never'],
    text: ({ rotateAfterDays }) => rotateAfterText(rotateAfterDays ?? 'never'),
    change(value) {
      const after = parseRotateAfter(value);
      return { rotateAfterDays: after === 'never' ? null : after };
    },
  },
  balances: {
    does: 'whether the window and the tray read balances and spend by themselves',
    takes: moneyReadings.join('|'),
    offers: moneyReadings,
    text: ({ moneyReading }) => moneyReading,
    change: (value) => ({ moneyReading: oneOf('balances', moneyReadings, value) }),
  },
};

/** Reads `NAME=VALUE`. @throws VarvelError `usage`, `invalid` */
export function settingChange(word: string): SettingsChange {
  const [, name = word, value = null] = word.match(/^([^=]*)=(.*)$/s) ?? [];
  const setting = Object.hasOwn(settingsTable, name) ? settingsTable[name] : undefined;
  if (setting && value !== null) return setting.change(value);
  const names = Object.keys(settingsTable);
  throw new VarvelError(
    'usage',
    `“${word.slice(0, 80)}” is not one of ${names.map((known) => `${known}=…`).join(', ')}.`,
    didYouMean(name, names, 'For example: rotate-by=90d'),
  );
}

function oneOf<Value extends string | number>(name: string, values: readonly Value[], text: string): Value {
  const found = values.find((value) => String(value) === text);
  if (found === undefined) throw notOneOf(name, text);
  return found;
}

const notOneOf = (name: string, text: string) =>
  new VarvelError(
    'usage',
    `“${text.slice(0, 80)}” is not a value of ${name}.`,
    `It takes ${settingsTable[name]?.takes}.`,
  );
