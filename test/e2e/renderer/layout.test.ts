import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, goTo, withWindows } from './in-window.ts';

const inWindow = withWindows();

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It isn’t shown.');
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
};

async function openSpend(page: Page): Promise<void> {
  await goTo(page, /^Activity/);
  await page.getByRole('tab', { name: 'Spend' }).click();
  await page.getByRole('list', { name: 'Spend by key' }).waitFor();
}

it('the window is in Inter on every system, with names in other Latin letters too', () =>
  inWindow({}, async (page, { elsewhere }) => {
    await elsewhere(({ profiles }) => profiles.set('staging', { note: 'Łódź' }));
    await page.getByText('Łódź').waitFor();
    const loaded = () =>
      page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length);
    await expect.poll(loaded).toBe(2);
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toMatch(
      /^"Inter Variable"/,
    );
  }));

it.each([480, 640, 900, 1240])('a test result never runs into what is beside it, at %i px', (width) =>
  inWindow({ size: { width, height: 800 } }, async (page, { tell }) => {
    await tell('faults', { target: 'platform', kind: 'status', status: 429 });
    await button(page, 'Test all').click();
    await page.getByText(/need attention/).waitFor();
    for (const row of await page.locator('.list-row').all()) {
      const [verdict, actions] = [
        await boxOf(row.locator('.verdict')),
        await boxOf(row.locator('.row-actions')),
      ];
      expect(verdict.right).toBeLessThanOrEqual(actions.x);
    }
  }),
);

it('the pane of a profile with a long name shows all of it, above its buttons', () =>
  inWindow({}, async (page, { elsewhere }) => {
    const name = 'falconers-production-europe-west-with-a-long-name';
    await elsewhere(({ profiles }) => profiles.rename('staging', name));
    await button(page, name).click();
    const pane = page.getByRole('complementary');
    const title = await boxOf(pane.getByRole('heading', { name }));
    const shown = await pane
      .getByRole('heading', { name })
      .evaluate((element) => element.scrollHeight <= element.clientHeight);
    expect(shown).toBe(true);
    expect(title.y).toBeGreaterThan(0);
    expect(title.bottom).toBeLessThanOrEqual((await boxOf(pane.getByRole('button', { name: 'Test' }))).y);
  }));

it.each([
  ['low', { width: 640, height: 480 }],
  ['at 200 % zoom', { width: 620, height: 400 }],
])('spend in a window that is %s scrolls, and stays off the navigation', (_, size) =>
  inWindow({ size }, async (page) => {
    await openSpend(page);
    const list = page.getByRole('list', { name: 'Spend by key' });
    expect((await boxOf(list.locator('..'))).height).toBeGreaterThan(150);
    const nav = page.getByRole('navigation').getByRole('button', { name: 'Activity' });
    const { x, y, width, height } = await boxOf(nav);
    const onTop = await page.evaluate(
      ([left, top]) => document.elementFromPoint(left ?? 0, top ?? 0)?.closest('nav') !== null,
      [x + width / 2, y + height / 2],
    );
    expect(onTop).toBe(true);
    await list.getByRole('button').last().scrollIntoViewIfNeeded();
    expect((await boxOf(list.getByRole('button').last())).bottom).toBeLessThanOrEqual(y);
  }),
);

it('a key’s scope shows in narrow windows too', () =>
  inWindow({ size: { width: 640, height: 800 } }, async (page) => {
    await goTo(page, /^Keys/);
    for (const width of [640, 480]) {
      await page.setViewportSize({ width, height: 800 });
      await page.locator('.list-row').getByText('ADMIN').first().waitFor();
    }
  }));

it('with the system’s own colours, what is chosen has an outline', () =>
  inWindow({}, async (page) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await button(page, 'production').click();
    const outline = (locator: Locator) =>
      locator.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(await outline(page.locator('.list-row', { hasText: 'production' }))).toBe('solid');
    expect(await outline(page.getByRole('navigation').locator('[aria-current]'))).toBe('solid');
    await page.keyboard.press('Control+k');
    expect(await outline(page.locator('[cmdk-item][aria-selected="true"]'))).toBe('solid');
  }));

it.each([640, 1240])('a notification covers nothing, at %i px', (width) =>
  inWindow({ size: { width, height: 500 } }, async (page) => {
    await button(page, 'Copy key of production').click();
    await page.getByText('Key copied.').waitFor();
    const toast = await boxOf(page.locator('.toast'));
    const covered = await page.evaluate(
      ({ x, y, right, bottom }) =>
        [...document.querySelectorAll('main, nav button, aside')]
          .map((element) => ({ element, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.left < right && box.right > x && box.top < bottom && box.bottom > y)
          .map(({ element }) => element.outerHTML.slice(0, 80)),
      toast,
    );
    expect(covered).toEqual([]);
  }),
);

it('the switcher says in words that a key is locked', () =>
  inWindow({}, async (page) => {
    await page.keyboard.press('Control+p');
    const verdict = page.getByRole('option', { name: /client-kestrel/ }).locator('.verdict');
    const word = await boxOf(verdict.getByText('Locked', { exact: true }));
    expect(word.bottom).toBeLessThanOrEqual((await boxOf(verdict)).bottom + 1);
  }));

it.each([900, 1920])('a key’s name and account have room, at %i px and beside a pane', (width) =>
  inWindow({ size: { width, height: 800 } }, async (page) => {
    await goTo(page, /^Keys/);
    const name = page.getByRole('button', { name: 'old-laptop', exact: true });
    await name.click();
    const row = page.locator('.list-row', { hasText: 'old-laptop' });
    const [nameAt, account] = [await boxOf(name), await boxOf(row.getByText('ada', { exact: true }))];
    expect(account.x - nameAt.x).toBeGreaterThan(120);
    expect(account.x - nameAt.x).toBeLessThan(width / 2);
  }),
);

it('the five screens have the numbers 1 to 5, and the pages about this machine come after them', () =>
  inWindow({}, async (page) => {
    const words = await page.getByRole('navigation').getByRole('listitem').allTextContents();
    expect(words.slice(-3)).toEqual(['Settings', 'Active key', 'Doctor']);
    await page.keyboard.press('Control+5');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  }));

it.each([640, 1240])('says once that it is the sandbox, at %i px', (width) =>
  inWindow({ size: { width, height: 480 } }, async (page) => {
    await button(page, 'staging').waitFor();
    const tags = await page.getByText('sandbox', { exact: true }).all();
    const shown = await Promise.all(tags.map((tag) => tag.isVisible()));
    expect(shown.filter(Boolean)).toHaveLength(1);
  }),
);

it('the screens stand in one line at the bottom of a narrow window', () =>
  inWindow({ size: { width: 640, height: 480 } }, async (page) => {
    const items = await page.getByRole('navigation').getByRole('listitem').all();
    const tops = await Promise.all(items.map(async (item) => (await boxOf(item)).y));
    expect(new Set(tops).size).toBe(1);
  }));
