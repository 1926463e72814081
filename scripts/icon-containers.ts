/** A drawing as a PNG; the size is in pixels. */
export interface Rendered {
  size: number;
  png: Buffer;
}

/** An .ico with PNGs, which Windows reads since Vista: 16 directory bytes for each, then the pictures. */
export function ico(pictures: readonly Rendered[]): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length + 16 * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    // 0 means 256
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...pictures.map(({ png }) => png)]);
}

/** Apple's names for PNGs by size in pixels. The second is for the same picture as the @2x of half its size. */
const types: Record<number, string[]> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['icp6', 'ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** An .icns with PNGs: for each a four-letter name, its length with these eight bytes, and the picture. */
export function icns(pictures: readonly Rendered[]): Buffer {
  const entries = pictures.flatMap(({ size, png }) =>
    (types[size] ?? []).map((type) => Buffer.concat([Buffer.from(type), lengthOf(png.length), png])),
  );
  const body = Buffer.concat(entries);
  return Buffer.concat([Buffer.from('icns'), lengthOf(body.length), body]);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes + 8);
  return length;
}
