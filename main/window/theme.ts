import { nativeTheme } from 'electron';
import type { FaceSettings } from '../../core/model/settings.ts';

/** The window's background until its page loads: --paper in renderer/theme/tokens.css. */
export const backgroundColor = (): string => (nativeTheme.shouldUseDarkColors ? '#161410' : '#f7f4ed');

/** Applies the theme setting to the system's parts too: menus, frames, and prefers-color-scheme. */
export function applyTheme({ theme }: Pick<FaceSettings, 'theme'>): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}
