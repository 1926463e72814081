import { nativeTheme } from 'electron';
import type { FaceSettings } from '../../core/model/settings.ts';

/** The window's ground before its page is there: --paper in renderer/theme/tokens.css. */
export const paper = (): string => (nativeTheme.shouldUseDarkColors ? '#161410' : '#f7f4ed');

/** The theme setting holds for the system's own parts too: menus, frames, and what CSS hears. */
export function applyTheme({ theme }: Pick<FaceSettings, 'theme'>): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}
