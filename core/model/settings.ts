export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** How long a copied secret can stay on the clipboard, in seconds. */
export const clipboardRange = { least: 5, most: 600 } as const;

/** Settings that all faces share. */
export interface Settings {
  theme: Theme;
  /** How long a copied secret stays on the clipboard, in seconds. */
  clipboardSeconds: number;
}

/** The settings of one face. */
export interface FaceSettings extends Settings {
  /** Null when this face can't do it. */
  startAtLogin: boolean | null;
}
