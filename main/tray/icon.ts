import { join } from 'node:path';
import { type NativeImage, nativeImage, nativeTheme } from 'electron';
import { ringBitmap } from './ring-bitmap.ts';

/** Desktops whose panel is dark in every theme. */
const darkPanels = /\b(GNOME|Unity|Pantheon)\b/i;

function onDarkBar(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (platform === 'win32') return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
  return darkPanels.test(env.XDG_CURRENT_DESKTOP ?? '') || nativeTheme.shouldUseDarkColors;
}

/**
 * The tray icon. macOS colours a template itself, Windows takes an .ico with all sizes, Linux a PNG. Electron finds the
 * @2x file by its name.
 * @param folder the path of assets/tray
 */
export function trayIcon(folder: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): NativeImage {
  const name = {
    darwin: 'varvelTemplate.png',
    win32: onDarkBar(platform, env) ? 'on-dark.ico' : 'on-light.ico',
    other: onDarkBar(platform, env) ? 'on-dark.png' : 'on-light.png',
  }[platform === 'darwin' || platform === 'win32' ? platform : 'other'];
  const image = nativeImage.createFromPath(join(folder, name));
  if (platform === 'darwin') image.setTemplateImage(true);
  return image;
}

const rings = new Map<string, NativeImage>();

/** A profile's ring as a menu icon, in two resolutions. */
export function ringIcon(color: string): NativeImage {
  const known = rings.get(color);
  if (known) return known;
  const image = nativeImage.createFromBitmap(ringBitmap(color, 16), { width: 16, height: 16 });
  image.addRepresentation({ scaleFactor: 2, width: 32, height: 32, buffer: ringBitmap(color, 32) });
  rings.set(color, image);
  return image;
}
