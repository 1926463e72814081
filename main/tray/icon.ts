import { join } from 'node:path';
import { type NativeImage, nativeImage, nativeTheme } from 'electron';
import { ringBitmap } from './ring-bitmap.ts';

/** Panels that stay dark whatever the theme is. */
const darkPanels = /\b(GNOME|Unity|Pantheon)\b/i;

function onDarkBar(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (platform === 'win32') return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
  return darkPanels.test(env.XDG_CURRENT_DESKTOP ?? '') || nativeTheme.shouldUseDarkColors;
}

/**
 * The tray's own picture. macOS colours a template by itself, Windows takes an .ico with all sizes in it, Linux a PNG;
 * what stands beside a file as @2x is found by its name.
 * @param folder where assets/tray is
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

/** A profile's ring for a menu, in two resolutions. */
export function ringIcon(color: string): NativeImage {
  const known = rings.get(color);
  if (known) return known;
  const image = nativeImage.createFromBitmap(ringBitmap(color, 16), { width: 16, height: 16 });
  image.addRepresentation({ scaleFactor: 2, width: 32, height: 32, buffer: ringBitmap(color, 32) });
  rings.set(color, image);
  return image;
}
