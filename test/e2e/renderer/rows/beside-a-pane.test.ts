import { expect, it } from 'vitest';
import { button, goTo, withWindows } from '../in-window.ts';

const inWindow = withWindows();

it('going to the screen one is on leads back to its list', () =>
  inWindow({ size: { width: 480, height: 700 } }, async (page) => {
    await page.getByRole('button', { name: 'staging', exact: true }).click();
    const pane = page.getByRole('complementary', { name: 'Profile staging' });
    await pane.waitFor();
    await goTo(page, /^Profiles/);
    await pane.waitFor({ state: 'detached' });
  }));

it('the tools of a screen all stay in reach while a pane is open beside it', () =>
  inWindow({}, async (page) => {
    await page.setViewportSize({ width: 1060, height: 700 });
    for (const [screen, row, tool] of [
      [/^Profiles/, 'staging', 'Create profile'],
      [/^Keys/, 'old-laptop', 'Create key'],
    ] as const) {
      await goTo(page, screen);
      await button(page, row).first().click();
      const pane = await page.locator('aside.pane').boundingBox();
      const box = await button(page, tool).boundingBox();
      expect(box && pane && box.x + box.width, tool).toBeLessThanOrEqual(pane?.x ?? 0);
    }
  }));
