import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { ringBitmap } from '../../../main/tray/ring-bitmap.ts';

const assets = join(import.meta.dirname, '../../../assets');
const read = (path: string): Buffer => readFileSync(join(assets, path));
const png = (path: string) => PNG.sync.read(read(path));

test.each([
  ['tray/varvelTemplate.png', 18],
  ['tray/varvelTemplate@2x.png', 36],
  ['tray/on-light.png', 22],
  ['tray/on-light@2x.png', 44],
  ['tray/on-dark.png', 22],
  ['tray/on-dark@2x.png', 44],
  ['app/16.png', 16],
  ['app/256.png', 256],
  ['app/512.png', 512],
])('%s is %i pixels wide, see-through at its corner and not in it', (path, size) => {
  const { width, height, data } = png(path);
  expect([width, height]).toEqual([size, size]);
  expect(data[3]).toBeLessThan(200);
  expect(data.some((value, index) => index % 4 === 3 && value > 250)).toBe(true);
});

test('the macOS template is black and its coverage alone', () => {
  const { data } = png('tray/varvelTemplate@2x.png');
  const colors = data.filter((_value, index) => index % 4 !== 3);
  expect(Math.max(...colors)).toBe(0);
});

test.each([
  ['tray/on-light.ico', [16, 20, 24, 32, 48]],
  ['tray/on-dark.ico', [16, 20, 24, 32, 48]],
  ['app/varvel.ico', [16, 20, 24, 32, 48, 64, 128, 256]],
])('%s holds all sizes that Windows asks for', (path, sizes) => {
  const bytes = read(path);
  expect(bytes.readUInt16LE(2)).toBe(1);
  const entries = Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const length = bytes.readUInt32LE(at + 8);
    const offset = bytes.readUInt32LE(at + 12);
    return PNG.sync.read(bytes.subarray(offset, offset + length)).width;
  });
  expect(entries).toEqual(sizes);
});

test('the .icns is whole', () => {
  const bytes = read('app/varvel.icns');
  expect(bytes.toString('latin1', 0, 4)).toBe('icns');
  expect(bytes.readUInt32BE(4)).toBe(bytes.length);
  const types: string[] = [];
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at + 4))
    types.push(bytes.toString('latin1', at, at + 4));
  expect(types).toEqual(
    expect.arrayContaining(['ic07', 'ic08', 'ic09', 'ic10', 'ic11', 'ic12', 'ic13', 'ic14']),
  );
});

test('a profile’s ring has its colour on the band, and nothing in the middle and the corners', () => {
  const pixels = ringBitmap('#0000ff', 32);
  const at = (x: number, y: number) => [...pixels.subarray((y * 32 + x) * 4, (y * 32 + x) * 4 + 4)];
  expect(pixels.length).toBe(32 * 32 * 4);
  expect(at(16, 16)).toEqual([0, 0, 0, 0]);
  expect(at(0, 0)).toEqual([0, 0, 0, 0]);
  expect(at(16, 5)).toEqual([255, 0, 0, 255]);
  expect(ringBitmap('no colour', 16)).toEqual(ringBitmap('brass', 16));
});
