export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** How long a copied secret can stay on the clipboard, in seconds. */
export const clipboardRange = { least: 5, most: 600 } as const;

/** How long the activity log can be kept, in days. */
export const activityDayChoices = [30, 90, 365] as const;
export type ActivityDays = (typeof activityDayChoices)[number];

/** When Varvel reads balances and spend: by itself, or only when somebody asks for them. */
export const moneyReadings = ['automatic', 'manual'] as const;
export type MoneyReading = (typeof moneyReadings)[number];

/** Settings that all faces share. */
export interface Settings {
  theme: Theme;
  /** How long a copied secret stays on the clipboard, in seconds. */
  clipboardSeconds: number;
  /** How long the activity log is kept, in days. */
  activityDays: ActivityDays;
  /** After how many days to rotate a key, unless it or its account has a rule of its own; null for no reminder. */
  rotateAfterDays: number | null;
  moneyReading: MoneyReading;
}

/** What to change; the rest stays. */
export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** The settings of one face. */
export interface FaceSettings extends Settings {
  /** Null when this face can't do it. */
  startAtLogin: boolean | null;
}
