import { createHash } from 'node:crypto';
import { PNG } from 'pngjs';
import type { Picture } from '../state.ts';

type Colour = readonly [number, number, number];

/** A colour from hue (0 to 360), saturation and lightness (0 to 1), as values from 0 to 255. */
const colour = (hue: number, saturation: number, lightness: number): Colour => {
  const part = (shift: number): number => {
    const k = (shift + hue / 30) % 12;
    const swing = saturation * Math.min(lightness, 1 - lightness);
    return 255 * (lightness - swing * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [part(0), part(8), part(4)];
};

const blend = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** 0 below the edge, 1 above it, smooth over a width between. */
const step = (edge: number, width: number, value: number): number => {
  const t = Math.min(1, Math.max(0, (value - edge) / width + 0.5));
  return t * t * (3 - 2 * t);
};

/**
 * Draws a picture from its prompt: a two-coloured sky with a few engraved rings. The same prompt, size and
 * seed always give the same picture.
 * @returns a PNG file
 */
export const drawPicture = ({ prompt, width, height, seed }: Picture): Buffer => {
  const dice = createHash('sha256').update(`${seed} ${prompt}`).digest();
  const roll = (index: number): number => (dice[index % dice.length] ?? 0) / 255;
  const hue = roll(0) * 360;
  const top = colour(hue, 0.45, 0.24 + roll(1) * 0.12);
  const bottom = colour((hue + 25 + roll(2) * 50) % 360, 0.55, 0.72 + roll(3) * 0.12);
  const span = Math.min(width, height);
  const rings = Array.from({ length: 3 + Math.floor(roll(4) * 3) }, (_, index) => ({
    x: (0.15 + 0.7 * roll(5 + 5 * index)) * width,
    y: (0.15 + 0.7 * roll(6 + 5 * index)) * height,
    radius: (0.1 + 0.26 * roll(7 + 5 * index)) * span,
    thickness: (0.012 + 0.03 * roll(8 + 5 * index)) * span,
    colour: colour((hue + 150 + 60 * roll(9 + 5 * index)) % 360, 0.62, 0.62),
  }));
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const wave = 0.06 * Math.sin((x / width) * 5 + roll(1) * 6);
      let pixel = blend(top, bottom, Math.min(1, Math.max(0, y / height + wave)));
      for (const ring of rings) {
        const distance = Math.hypot(x - ring.x, y - ring.y);
        if (distance > ring.radius + ring.thickness * 2) continue;
        const edge = Math.abs(distance - ring.radius);
        const inside = 1 - step(ring.thickness, 2, edge);
        const light = 0.75 + 0.25 * Math.cos(Math.atan2(y - ring.y, x - ring.x) - roll(2) * 6);
        pixel = blend(
          pixel,
          [ring.colour[0] * light, ring.colour[1] * light, ring.colour[2] * light],
          inside,
        );
      }
      const at = (y * width + x) * 4;
      png.data[at] = pixel[0];
      png.data[at + 1] = pixel[1];
      png.data[at + 2] = pixel[2];
      png.data[at + 3] = 255;
    }
  }
  return PNG.sync.write(png, { colorType: 2, filterType: 1, deflateLevel: 4 });
};
