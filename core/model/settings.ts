export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The least and the most that a copied secret can stay on the clipboard, in seconds. */
export const clipboardRange = { least: 5, most: 600 } as const;

/** What a person has set, in every face alike. */
export interface Settings {
  theme: Theme;
  /** How long a copied secret stays on the clipboard, in seconds. */
  clipboardSeconds: number;
}

/** The settings as one face has them. */
export interface FaceSettings extends Settings {
  /** Null where this face can't do it. */
  startAtLogin: boolean | null;
}
