import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { button, withWindows } from '../in-window.ts';

const inWindow = withWindows();

const options = (page: Page) => page.getByRole('option');
const chosen = (page: Page) => page.locator('[role="option"][data-selected="true"]');

async function search(page: Page, query: string): Promise<void> {
  await button(page, 'staging').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/^Search actions/).fill(query);
}

describe('the palette', () => {
  it.each([
    ['switch kestrel', 'Switch to client-kestrel'],
    ['personal', 'Switch to personal'],
    ['switch sk', 'Switch to sketchbook'],
    ['prsonal', 'Switch to personal'],
    ['dark', 'Dark theme'],
    ['lock', 'Vault'],
    ['old laptop', 'Open key old-laptop'],
    ['copy old-lap', 'Copy key old-laptop'],
    ['test night', 'Test night-shift'],
    ['keys mews', 'Show keys of mews'],
    ['test', 'Test staging'],
    ['spend', 'Spend'],
  ])('finds what was meant by “%s” first', (query, name) =>
    inWindow({}, async (page) => {
      await search(page, query);
      await expect.poll(() => chosen(page).locator('.command-name').textContent()).toBe(name);
    }),
  );

  it('does what it says', () =>
    inWindow({}, async (page, { varvel }) => {
      await search(page, 'switch personal');
      await page.keyboard.press('Enter');
      await button(page, /^Current profile: personal/).waitFor();
      await search(page, 'dark');
      await page.keyboard.press('Enter');
      await expect.poll(() => varvel().settings.read().theme).toBe('dark');
      await search(page, 'copy old-laptop');
      await page.keyboard.press('Enter');
      await page.getByText(/^Key copied/).waitFor();
    }));

  it('says when there is nothing', () =>
    inWindow({}, async (page) => {
      await search(page, 'zzqq');
      await page.getByText('No results for “zzqq”').waitFor();
    }));
});

describe('the switcher', () => {
  it('begins with the profiles used last, and two keys lead back to the one before', () =>
    inWindow({}, async (page, { elsewhere }) => {
      await elsewhere(({ profiles }) => {
        for (const name of ['mews-admin', 'staging', 'personal']) profiles.switchTo(name);
      });
      await button(page, /^Current profile: personal/).waitFor();
      await page.keyboard.press('Control+p');
      await expect
        .poll(async () => (await options(page).locator('.command-name').allTextContents()).slice(0, 3))
        .toEqual(['personal', 'staging', 'mews-admin']);
      expect(await chosen(page).locator('.command-name').textContent()).toBe('staging');
      await page.keyboard.press('Enter');
      await button(page, /^Current profile: staging/).waitFor();
      await page.keyboard.press('Control+p');
      await page.keyboard.press('Enter');
      await button(page, /^Current profile: personal/).waitFor();
    }));

  it('says of each whether its key works', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').waitFor();
      await page.keyboard.press('Control+p');
      await options(page).filter({ hasText: 'client-kestrel' }).getByText('Locked').waitFor();
      await options(page).filter({ hasText: 'sketchbook' }).getByText('No key').waitFor();
    }));

  it('creates a profile that isn’t there, by the name that was typed', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').waitFor();
      await page.keyboard.press('Control+p');
      await page.keyboard.type('zebra-9');
      await page.getByText('No results for “zebra-9”').waitFor();
      await page.keyboard.press('Enter');
      const name = page
        .getByRole('dialog', { name: 'Create profile' })
        .getByRole('textbox', { name: 'Name' });
      expect(await name.inputValue()).toBe('zebra-9');
    }));
});
