import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { button, goTo, withWindows } from '../in-window.ts';

const inWindow = withWindows();

const row = (page: Page, name: string) => page.locator('.list-row', { hasText: name }).first();
const names = (page: Page) => page.locator('.list-row .row-main').allTextContents();

describe('a row', () => {
  it('says why its key doesn’t work, to screen readers too', () =>
    inWindow({}, async (page) => {
      await row(page, 'client-kestrel').getByText('Locked · balance').waitFor();
      await page.getByRole('listitem', { name: 'client-kestrel, grace, API, Locked' }).waitFor();
      await page.getByRole('listitem', { name: 'staging, Current, falconers, API, Valid' }).waitFor();
      const described = await button(page, 'client-kestrel').evaluate((element) => {
        const id = element.getAttribute('aria-describedby');
        return id === null ? '' : document.getElementById(id)?.textContent;
      });
      expect(described).toMatch(/^Locked · balance.*tested 11 h ago$/);
      await goTo(page, /^Keys/);
      await page.getByRole('listitem', { name: 'compiler, grace, API, Locked' }).waitFor();
    }));

  it('spins while all keys are tested, until its own result is there', () =>
    inWindow({}, async (page, { tell }) => {
      await tell('faults', { target: 'platform', kind: 'slow', delay_ms: 1500 });
      await button(page, 'Test all').click();
      await row(page, 'personal').getByText('Testing…').waitFor();
      await row(page, 'sketchbook').getByText('No key', { exact: true }).waitFor();
      await row(page, 'personal').getByText('Valid').waitFor();
    }));

  it('has its menu where it is right-clicked, with the letters', () =>
    inWindow({}, async (page) => {
      await row(page, 'personal').click({ button: 'right', position: { x: 300, y: 20 } });
      const menu = page.getByRole('menu');
      await menu.getByRole('menuitem', { name: 'Use', exact: true }).waitFor();
      const letters = await menu.locator('.menu-item .keys').allTextContents();
      expect(letters).toEqual(['U', 'T', 'C', 'E', 'P', 'S', 'X']);
      expect(await menu.getByRole('menuitem').last().textContent()).toContain('Delete profile…');
      await menu.getByRole('menuitem', { name: 'Export…' }).click();
      await page.getByRole('dialog', { name: 'Export personal' }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('personal');
    }));

  it('closes its menu when the window narrows, and opens it again', () =>
    inWindow({}, async (page) => {
      const menu = page.getByRole('menu');
      for (const width of [900, 1240]) {
        await row(page, 'personal').click({ button: 'right', position: { x: 300, y: 20 } });
        await menu.waitFor();
        await page.setViewportSize({ width, height: 800 });
        await menu.waitFor({ state: 'detached' });
      }
    }));

  it('has all of its menu in a low window', () =>
    inWindow({ size: { width: 640, height: 320 } }, async (page) => {
      await button(page, 'More actions for personal').click();
      const menu = page.getByRole('menu');
      await menu.waitFor();
      const box = await menu.boundingBox();
      expect((box?.y ?? -1) + (box?.height ?? 999)).toBeLessThanOrEqual(320);
      await menu.getByRole('menuitem', { name: 'Delete profile…' }).click();
      await page.getByRole('dialog', { name: 'Delete personal?' }).waitFor();
    }));

  it('uses its profile on a double click, and exports it from the row', () =>
    inWindow({}, async (page) => {
      await button(page, 'personal').dblclick();
      await button(page, /^Current profile: personal/).waitFor();
      await button(page, 'Close details').click();
      await button(page, 'Export night-shift…').click();
      await page.getByRole('dialog', { name: 'Export night-shift' }).waitFor();
    }));
});

describe('after Test all', () => {
  it('one click shows those that fail', () =>
    inWindow({}, async (page) => {
      await button(page, 'Test all').click();
      await page.getByText('5 valid, 2 need attention').waitFor();
      await button(page, 'Show the 2 that fail').click();
      await expect.poll(() => names(page)).toEqual(['old-laptop', 'compiler']);
      await page.getByLabel('Show', { exact: true }).selectOption('All keys');
      await button(page, 'deploy').first().waitFor();
    }));
});

describe('the list', () => {
  it('of profiles is filtered, sorted and grouped', () =>
    inWindow({}, async (page, { elsewhere }) => {
      const show = page.getByLabel('Show', { exact: true });
      await show.selectOption('Failing');
      await expect.poll(() => names(page)).toEqual(['client-kestrel']);
      await show.selectOption('ADMIN');
      await expect.poll(() => names(page)).toEqual(['mews-admin', 'production']);
      await show.selectOption('Without a key');
      await expect.poll(() => names(page)).toEqual(['sketchbook']);
      await show.selectOption('All profiles');
      await page.getByLabel('Sort').selectOption('Failing first');
      await expect
        .poll(async () => (await names(page)).slice(0, 2))
        .toEqual(['client-kestrel', 'sketchbook']);
      await elsewhere(({ profiles }) => profiles.switchTo('night-shift'));
      await page.getByLabel('Sort').selectOption('Last used first');
      await expect.poll(async () => (await names(page)).slice(0, 1)).toEqual(['night-shift']);
      await page.getByLabel('Sort').selectOption('By name');
      await page.getByLabel('Group').selectOption('Group by account');
      await expect
        .poll(() => page.locator('.list-heading b').allTextContents())
        .toEqual(['ada', 'falconers', 'grace', 'mews', 'night-shift', 'No account']);
      await button(page, 'personal').focus();
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('production');
    }));

  it('begins with the profiles that have a star, in every window, also after a rename', () =>
    inWindow({}, async (page, { varvel, elsewhere }) => {
      await button(page, 'staging').focus();
      await page.keyboard.press('s');
      await expect.poll(async () => (await names(page))[0]).toBe('staging');
      // the window shows it before it is stored
      await expect.poll(() => varvel().profiles.list().starred).toEqual(['staging']);
      await elsewhere(({ profiles }) => {
        profiles.rename('staging', 'zoo');
        profiles.star('personal', true);
      });
      await expect.poll(async () => (await names(page)).slice(0, 2)).toEqual(['personal', 'zoo']);
      await page.getByLabel('Show', { exact: true }).selectOption('Starred');
      await expect.poll(() => names(page)).toEqual(['personal', 'zoo']);
      await button(page, 'personal').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Remove star' }).click();
      await expect.poll(() => names(page)).toEqual(['zoo']);
    }));

  it('of keys shows ADMIN keys, and those that no profile uses', () =>
    inWindow({}, async (page) => {
      await goTo(page, /^Keys/);
      await page.getByText('Updated ').waitFor();
      const show = page.getByLabel('Show', { exact: true });
      await show.selectOption('ADMIN');
      await expect.poll(async () => new Set(await names(page))).toEqual(new Set(['deploy']));
      await show.selectOption('Unused');
      await expect.poll(() => names(page)).toContain('old-laptop');
      expect(await row(page, 'staging').count()).toBe(0);
    }));
});

describe('several rows', () => {
  it('are selected by click and by letter, tested, and deleted with Undo', () =>
    inWindow({}, async (page, { varvel }) => {
      await button(page, 'mews-admin').click({ modifiers: ['ControlOrMeta'] });
      await button(page, 'personal').click({ modifiers: ['Shift'] });
      const bar = page.getByRole('region', { name: 'Selection' });
      await bar.getByText('3 profiles selected').waitFor();
      await button(page, 'night-shift').focus();
      await page.keyboard.press('x');
      await bar.getByText('2 profiles selected').waitFor();
      await bar.getByRole('button', { name: 'Test' }).click();
      await page.getByText('All 2 keys valid').waitFor();
      await row(page, 'night-shift').getByText('Not tested').waitFor();
      await bar.getByRole('button', { name: 'Delete…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Delete 2 profiles?' });
      await dialog.getByText('mews-admin').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Deleted 2 profiles.').waitFor();
      expect(varvel().profiles.names()).not.toContain('personal');
      await bar.waitFor({ state: 'detached' });
      await button(page, 'Undo').click();
      await page.getByText('Restored 2 profiles.').waitFor();
      expect(varvel().profiles.names()).toEqual(expect.arrayContaining(['personal', 'mews-admin']));
    }));

  it('of keys are forgotten after their names and profiles were shown', () =>
    inWindow({}, async (page, { varvel }) => {
      await goTo(page, /^Keys/);
      await page.getByText('Updated ').waitFor();
      const before = varvel().keys.all().length;
      await button(page, 'old-laptop').click({ modifiers: ['ControlOrMeta'] });
      await button(page, 'compiler').click({ modifiers: ['ControlOrMeta'] });
      await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Forget…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Forget 2 keys?' });
      await dialog
        .getByRole('listitem')
        .filter({ hasText: 'compiler' })
        .getByText('client-kestrel')
        .waitFor();
      await dialog.getByRole('button', { name: 'Forget 2 keys' }).click();
      await page.getByText('Forgot 2 keys.').waitFor();
      await dialog.waitFor({ state: 'detached' });
      expect(varvel().keys.all()).toHaveLength(before - 2);
      expect(varvel().profiles.get('client-kestrel').keyId).toBeNull();
    }));

  it('of keys are revoked after their names were shown and the number was typed', () =>
    inWindow({}, async (page, { varvel }) => {
      await goTo(page, /^Keys/);
      await page.getByText('Updated ').waitFor();
      const spares = page.locator('.list-row', { hasText: 'Only at fal' }).locator('.row-main');
      await spares.nth(0).click({ modifiers: ['ControlOrMeta'] });
      await spares.nth(1).click({ modifiers: ['ControlOrMeta'] });
      const before = (await varvel().keys.list(null)).keys.length;
      await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Revoke…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Revoke 2 keys?' });
      const revoke = dialog.getByRole('button', { name: 'Revoke 2 keys' });
      expect(await revoke.isDisabled()).toBe(true);
      await dialog.getByLabel('Type revoke 2 to confirm').fill('revoke 2');
      await revoke.click();
      await page.getByText('Revoked 2 keys.').waitFor();
      expect((await varvel().keys.list(null)).keys).toHaveLength(before - 2);
    }));
});
