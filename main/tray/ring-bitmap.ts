import { profileColors } from '../../core/model/profile.ts';

/** --ring-* of renderer/theme/tokens.css, visible on light and dark menus. */
const hexByName: Record<(typeof profileColors)[number], string> = {
  brass: '#b98420',
  green: '#469068',
  blue: '#3f84c9',
  indigo: '#666dc6',
  violet: '#9a5bb6',
  red: '#cb5540',
  teal: '#2c949b',
  slate: '#727d8b',
};

/** The channels of a profile's colour, 0 to 255. Brass for an invalid one. */
function channels(color: string): [red: number, green: number, blue: number] {
  const known = profileColors.find((name) => name === color);
  const hex = known ? hexByName[known] : /^#[0-9a-f]{6}$/i.test(color) ? color : hexByName.brass;
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * Draws a ring in a profile's colour.
 * @param side in pixels
 * @returns rows of premultiplied BGRA, as nativeImage takes them
 */
export function ringBitmap(color: string, side: number): Buffer {
  const [red, green, blue] = channels(color);
  const pixels = Buffer.alloc(side * side * 4);
  const middle = side / 2;
  const radius = side * 0.33;
  const half = side * 0.095;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const fromRing = Math.abs(Math.hypot(x + 0.5 - middle, y + 0.5 - middle) - radius);
      const cover = Math.min(1, Math.max(0, half + 0.5 - fromRing));
      pixels.set([blue * cover, green * cover, red * cover, 255 * cover].map(Math.round), (y * side + x) * 4);
    }
  }
  return pixels;
}
