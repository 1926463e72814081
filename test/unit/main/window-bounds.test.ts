import { expect, test } from 'vitest';
import { windowBounds } from '../../../main/window/bounds.ts';

const display = { x: 0, y: 25, width: 1440, height: 875 };
const second = { x: 1440, y: 0, width: 1920, height: 1080 };

test('a first window stands in the middle of the primary display', () => {
  expect(windowBounds(null, [display])).toEqual({ x: 130, y: 83, width: 1180, height: 760 });
});

test('it is no larger than a small display', () => {
  expect(windowBounds(null, [{ x: 0, y: 0, width: 800, height: 500 }])).toEqual({
    x: 0,
    y: 0,
    width: 800,
    height: 500,
  });
});

test.each([
  ['on the primary display', { x: 100, y: 100, width: 1000, height: 700 }],
  ['on the second display', { x: 1600, y: 50, width: 1000, height: 700 }],
  ['across both', { x: 1000, y: 50, width: 1000, height: 700 }],
  [
    'partly beyond the edge, where it can still be taken hold of',
    { x: -800, y: 100, width: 1000, height: 700 },
  ],
])('a window that was %s is there again', (_where, before) => {
  expect(windowBounds(before, [display, second])).toEqual(before);
});

test.each([
  ['on a display that is gone', { x: 1600, y: 50, width: 1000, height: 700 }],
  ['beyond the left edge', { x: -990, y: 100, width: 1000, height: 700 }],
  ['below the bottom', { x: 100, y: 890, width: 1000, height: 700 }],
  ['above the top', { x: 100, y: -700, width: 1000, height: 700 }],
])('a window that was %s comes to the middle, as large as it was', (_where, before) => {
  expect(windowBounds(before, [display])).toEqual({ x: 220, y: 113, width: 1000, height: 700 });
});

test('its top is not under the bar', () => {
  expect(windowBounds({ x: 100, y: 0, width: 1000, height: 700 }, [display]).y).toBe(25);
});
