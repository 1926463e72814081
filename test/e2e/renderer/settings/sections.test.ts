import { expect, it } from 'vitest';
import { cutOff, goTo, withWindows } from '../in-window.ts';

const inWindow = withWindows();

it.each([1240, 900, 640])(
  'the sections of Settings are one click away at %i px, and show which is in view',
  (width) =>
    inWindow({ size: { width, height: 700 } }, async (page) => {
      await goTo(page, /^Settings/);
      const sections = page.getByRole('list', { name: 'Sections of Settings' });
      const current = sections.locator('[aria-current]');
      await expect.poll(() => current.textContent()).toBe('Vault');
      expect(await cutOff(page)).toEqual([]);
      for (const name of ['Backup', 'About', 'Shells']) {
        await sections.getByRole('button', { name }).click();
        const card = page.getByRole('region', { name, exact: true });
        await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
        expect(await card.evaluate((element) => element.getBoundingClientRect().bottom)).toBeLessThan(701);
        expect(await current.textContent()).toBe(name);
      }
      await page.getByRole('region', { name: 'Shells' }).hover();
      await page.mouse.wheel(0, 5000);
      await expect.poll(() => current.textContent()).toBe('About');
      const top = await sections.evaluate((element) => element.getBoundingClientRect().top);
      expect(top).toBeGreaterThan(0);
      expect(await sections.getByRole('button', { name: 'About' }).isVisible()).toBe(true);
    }),
);
