import { expect, test } from 'vitest';
import { rendererFile } from '../../../main/window/renderer-file.ts';

const at = (address: string) => rendererFile(address, 'varvel://app', '/opt/varvel/dist/renderer');

test('an address names a file inside the folder', () => {
  expect(at('varvel://app/')).toBe('/opt/varvel/dist/renderer/index.html');
  expect(at('varvel://app/assets/index-1.js?x#y')).toBe('/opt/varvel/dist/renderer/assets/index-1.js');
});

test.each([
  'varvel://app/../main/main.cjs',
  'varvel://app/%2e%2e/%2e%2e/package.json',
  'varvel://app/..%2f..%2fpackage.json',
  'varvel://app/..%5c..%5cpackage.json',
  'varvel://app//../../etc/passwd',
  'varvel://app/x%00.js',
  'varvel://app/%',
  'varvel://app/C:/Windows/win.ini',
  'varvel://app',
  'varvel://other/index.html',
  'varvel://app.evil/index.html',
  'https://app/index.html',
])('%s names none', (address) => {
  expect(at(address)).toBe(null);
});
