import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type OpenedWindow, startWindows, type Windows } from '../open-window.ts';

let windows: Windows;
let many: OpenedWindow;
beforeAll(async () => {
  windows = await startWindows();
  many = await windows.open({ options: { profiles: 10_000 } });
  await many.page.locator('.list-row').first().waitFor();
});
afterAll(() => windows.close());

describe('with 10,000 profiles of 64 characters, with notes full of markup', () => {
  it('notes are text, and only what is seen is built', async () => {
    const { page, complaints } = many;
    expect(await page.locator('.list-row').count()).toBeLessThan(60);
    expect(await page.locator('main img, main script').count()).toBe(0);
    await page.getByText('<img src=x onerror="alert(1)">').first().waitFor();
    expect(await page.locator('.row-main').first().textContent()).toHaveLength(64);
    expect(await complaints()).toEqual([]);
  });

  it('each says where it is used', async () => {
    const row = (name: string) => many.page.locator('.list-row', { hasText: name });
    await row('p00003-').getByText('.env in 1 project').waitFor();
    await row('p00005-').getByText('Pinned in 1 folder').waitFor();
    expect(
      await row('p00002-')
        .getByText(/project|pinned/)
        .count(),
    ).toBe(0);
  });

  it('the filter finds the one', async () => {
    const filter = many.page.getByLabel('Filter profiles');
    await filter.pressSequentially('p09999 grace');
    await many.page
      .getByRole('button', { name: /^p09999-/ })
      .first()
      .waitFor();
    await filter.fill('');
  });

  it('End and Home lead to the last and the first', async () => {
    const { page } = many;
    await page
      .getByRole('button', { name: /^p00000-/ })
      .first()
      .waitFor();
    await page.getByLabel('Filter profiles').press('ArrowDown');
    await page.keyboard.press('End');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.slice(0, 6)))
      .toBe('p09999');
    await page.keyboard.press('Home');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.slice(0, 6)))
      .toBe('p00000');
  });
});

describe('while the others are still read', () => {
  const isOfAll = (input: unknown): boolean => z.safeParse(z.object({ first: z.null() }), input).success;

  it('the first ones are there, and what is not known yet is not denied', async () => {
    many.program.delay('profiles.list', 600_000, isOfAll);
    const { page, close } = await windows.openPage(many.program);
    await page
      .getByRole('button', { name: /^p00000-/ })
      .first()
      .waitFor();
    expect(await page.locator('.list-row').first().getAttribute('aria-setsize')).toBe('10000');
    await page.getByRole('button', { name: /Profiles.*10,000/ }).waitFor();
    await page.getByLabel('Filter profiles').fill('p09999');
    await page.getByText('Loading more profiles…').waitFor();
    await page.keyboard.press('Control+p');
    await page.getByText('Loading profiles…').waitFor();
    await close();
  });

  it('all of them follow by themselves', async () => {
    many.program.delay('profiles.list', 500, isOfAll);
    const { page, close } = await windows.openPage(many.program);
    await page.getByLabel('Filter profiles').fill('p09999');
    await page
      .getByRole('button', { name: /^p09999-/ })
      .first()
      .waitFor();
    await close();
  });
});

it('the window’s code is at most 250 kB compressed', async () => {
  const assets = join(import.meta.dirname, '..', '..', '..', '..', 'dist', 'renderer', 'assets');
  let bytes = 0;
  for (const name of await readdir(assets)) {
    if (name.endsWith('.js')) bytes += gzipSync(await readFile(join(assets, name))).length;
  }
  console.log(`${(bytes / 1000).toFixed(0)} kB of script, compressed`);
  expect(bytes).toBeLessThan(250_000);
  expect(bytes).toBeGreaterThan(20_000);
});
