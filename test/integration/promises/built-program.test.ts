import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const built = join(import.meta.dirname, '../../../dist/cli');

const files = () =>
  readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Modules that a chunk loads, by whatever means. */
const loaded = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport|\brequire|\bimport\()\s*\(?\s*["'`]([^"'`]+)["'`]/g)].map(
    ([, name = '']) => name,
  );

test('the search sees an import of electron where there is one', () => {
  expect(loaded(`import { app } from "electron";`)).toContain('electron');
  expect(loaded(`const e = require('electron')`)).toContain('electron');
  expect(loaded(`await import("electron/main")`)).toContain('electron/main');
});

test('the built command line loads no Electron and no React', () => {
  const chunks = files().filter((file) => /\.[cm]?js$/.test(file));
  expect(chunks.length).toBeGreaterThan(5);
  const modules = chunks.flatMap((file) => loaded(readFileSync(file, 'utf8')));
  expect(modules.some((name) => name.startsWith('node:') || name === 'fs')).toBe(true);
  expect(modules.filter((name) => /^(electron|react)(\/|$|-)/.test(name))).toEqual([]);
});
