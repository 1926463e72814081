import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { button, goTo, withWindows } from '../in-window.ts';

const inWindow = withWindows();

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return 'nothing';
    if (activeElement instanceof HTMLInputElement) return activeElement.labels?.[0]?.textContent ?? 'a field';
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? '';
  });

describe('the keyboard', () => {
  it('is on the first row once a screen has loaded, by whatever key it was opened', () =>
    inWindow({}, async (page) => {
      await expect.poll(() => focused(page)).toBe('client-kestrel');
      await page.keyboard.press('Control+2');
      await expect.poll(() => focused(page)).toBe('old-laptop');
      await page.keyboard.press('Control+4');
      await expect.poll(() => page.evaluate(() => document.activeElement?.matches('[data-main]'))).toBe(true);
      await page.keyboard.press('Control+3');
      await expect.poll(() => focused(page)).toBe('Accounts');
      await page.keyboard.press('Control+1');
      await expect.poll(() => focused(page)).toBe('client-kestrel');
      // from the navigation too
      await goTo(page, /^Keys/);
      await page.keyboard.press('Control+1');
      await expect.poll(() => focused(page)).toBe('client-kestrel');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'Profile mews-admin' }).waitFor();
      await page.keyboard.press('Control+1');
      await expect.poll(() => focused(page)).toBe('mews-admin');
    }));

  it('does what the letters say in an open pane, but not in its fields', () =>
    inWindow({}, async (page) => {
      await button(page, 'personal').click();
      const pane = page.getByRole('complementary', { name: 'Profile personal' });
      await pane.waitFor();
      await page.keyboard.press('t');
      await pane.getByText('Tested just now').waitFor();
      await page.keyboard.press('u');
      await button(page, /^Current profile: personal/).waitFor();
      await button(page, 'Edit note').click();
      await page.keyboard.type('ute');
      expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('ute');
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: 'personal' }).focus();
      await page.keyboard.press('e');
      await page.getByRole('dialog', { name: 'Export personal' }).waitFor();
    }));
});

describe('a dialog opens with the focus', () => {
  it.each<[string, (page: Page) => Promise<unknown>, string | RegExp]>([
    [
      'on “Create key”: its first field',
      (page) => page.keyboard.press('Control+2').then(() => button(page, 'Create key').click()),
      'Name',
    ],
    [
      'on “Delete”: its action',
      (page) =>
        button(page, 'staging')
          .click()
          .then(() => button(page, 'Delete profile…').click()),
      'Delete profile',
    ],
    [
      'on a hook: its action, once the change is known',
      (page) => goTo(page, /^Settings/).then(() => button(page, 'Add hook to bash…').click()),
      'Add hook',
    ],
    ['on the shortcuts: the dialog', (page) => page.keyboard.press('?'), /^Keyboard shortcuts/],
    [
      'on code: its first field',
      (page) =>
        button(page, 'staging')
          .click()
          .then(() => button(page, 'Code…').click()),
      /^(?!Close)/,
    ],
    [
      'on the sandbox: never on ×',
      (page) =>
        page.keyboard
          .press('Control+k')
          .then(() => page.keyboard.type('switch to fal'))
          .then(() => page.keyboard.press('Enter')),
      /^(?!Close)/,
    ],
  ])('%s', (_, open, expected) =>
    inWindow({}, async (page) => {
      await button(page, 'staging').waitFor();
      await open(page);
      await page.getByRole('dialog').waitFor();
      if (typeof expected === 'string') await expect.poll(() => focused(page)).toBe(expected);
      else await expect.poll(() => focused(page)).toMatch(expected);
    }),
  );
});
