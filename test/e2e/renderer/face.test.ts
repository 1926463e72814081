import { describe, expect, it } from 'vitest';
import { keysOf } from '../../integration/sandbox/running.ts';
import { button, cutOff, goTo, withWindows } from './in-window.ts';

const inWindow = withWindows();

describe('in the web view', () => {
  it('a key is pasted into a field, and copying says that it passes through the page', () =>
    inWindow({ options: { face: 'web' } }, async (page, { sandbox }) => {
      const key = (await keysOf(sandbox)).find(
        ({ account, alias }) => account === 'mews' && alias === 'notebook',
      );
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await goTo(page, /^Keys/);
      await button(page, 'Add key…').click();
      await page.getByLabel('Key', { exact: true }).fill(key?.key ?? '');
      await button(page, 'Add key').click();
      await page.getByText('Stored in your keychain.').waitFor();
      await button(page, 'Done').click();
      await button(page, 'Copy').first().click();
      await page.getByText('passes through this page').waitFor();
      await goTo(page, /^Profiles/);
      await button(page, 'staging').click();
    }));
});

describe('at 480 px', () => {
  it.each([/^Profiles/, /^Keys/, /^Accounts/, /^Activity/, /^Settings/])(
    'nothing of %s is cut off',
    (screen) =>
      inWindow({ size: { width: 480, height: 800 } }, async (page) => {
        await goTo(page, screen);
        await page.waitForTimeout(200);
        expect(await cutOff(page)).toEqual([]);
      }),
  );

  it.each(['Add hook to bash…', 'Import profiles…', 'Apply now…'])(
    'nothing of the dialog “%s” is cut off',
    (name) =>
      inWindow({ size: { width: 480, height: 700 } }, async (page) => {
        await goTo(page, /^Settings/);
        await button(page, name).click();
        await page.getByRole('dialog').locator('.diff, .framed-list').waitFor();
        expect(await cutOff(page)).toEqual([]);
      }),
  );
});
