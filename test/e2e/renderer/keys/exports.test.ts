import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { toHint } from '../../../../core/model/hint.ts';
import { button, cutOff, inputsOf, withWindows } from '../in-window.ts';
import type { Program } from '../program/program.ts';
import { trackFiles } from '../program/tracked.ts';

const inWindow = withWindows();

const dialog = (page: Page) => page.getByRole('dialog');
const fileField = (page: Page) => page.getByLabel('File', { exact: true });
const used = (page: Page) => page.getByRole('region', { name: 'Used in' });

/** Opens a window on a machine on which these folders are too. */
const withFolders = (...folders: string[]) => ({
  options: { prepare: ({ machine }: Program) => Promise.all(folders.map(machine.folder)) },
});

async function openExport(page: Page, profile: string): Promise<void> {
  await button(page, profile).focus();
  await page.keyboard.press('e');
  await dialog(page)
    .getByRole('heading', { name: `Export ${profile}` })
    .waitFor();
}

describe('an export into a file', () => {
  it('is shown before it is written, by keyboard alone, and taken back with Undo', () =>
    inWindow(withFolders('new'), async (page, { machine }) => {
      await openExport(page, 'staging');
      expect(await fileField(page).inputValue()).toBe('');
      await page.keyboard.type('~/new/.env');
      const change = page.getByRole('region', { name: `Changes in ${machine.home}/new/.env` });
      await change.getByText(/^FAL_KEY=[0-9a-f-]+:…$/).waitFor();
      await dialog(page).getByText('New file').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Exported FAL_KEY of staging to ~/new/.env.').waitFor();
      await button(page, 'Undo').click();
      await page.getByText('Export undone. ~/new/.env was deleted.').waitFor();
      await button(page, 'staging').click();
      await used(page).getByText('~/shop/.envrc').waitFor();
      await used(page).getByText('~/new/.env').waitFor({ state: 'detached' });
    }));

  it('changes one line of a file that is there, and says what reads its format', () =>
    inWindow({}, async (page) => {
      await openExport(page, 'staging');
      await fileField(page).fill('~/studio/.env');
      await dialog(page).getByText('removed: FAL_KEY=').waitFor();
      await dialog(page).getByText('PORT=…').waitFor();
      await dialog(page)
        .getByText(/^dotenv: for/)
        .waitFor();
      await page.getByLabel('Format').selectOption('systemd');
      await dialog(page)
        .getByText(/^systemd: for/)
        .waitFor();
      await page.getByLabel('Variable').fill('FAL_KEY_STAGING');
      await dialog(page)
        .getByText(/FAL_KEY_STAGING=/)
        .waitFor();
      expect(await dialog(page).getByText('removed:').count()).toBe(0);
    }));

  it('that can’t be says why where it was typed, and writes nothing', () =>
    inWindow({}, async (page, program) => {
      await openExport(page, 'staging');
      await page.keyboard.press('Enter');
      await dialog(page).getByRole('alert').getByText('Enter a file').waitFor();
      await fileField(page).fill('shop/.env');
      await dialog(page).getByRole('alert').getByText('is not a full path').waitFor();
      expect(await button(page, 'Export').isDisabled()).toBe(true);
      await page.keyboard.press('Enter');
      await page.getByLabel('Variable').fill('9 lives');
      await fileField(page).fill('~/shop/.env');
      await dialog(page).getByRole('alert').getByText('is not a valid variable name').waitFor();
      expect(inputsOf(program, 'exports.write')).toEqual([]);
    }));

  it('into a file that git has must be wanted all the same', () =>
    inWindow({ options: { prepare: trackFiles } }, async (page, program) => {
      await openExport(page, 'staging');
      await fileField(page).fill('~/tracked/.env');
      await dialog(page).getByText('Git tracks this file').waitFor();
      expect(await button(page, 'Export').isDisabled()).toBe(true);
      await page.getByLabel('Export anyway').check();
      // another file is another question
      await fileField(page).fill('~/tracked/.env.local');
      await page
        .getByRole('region', { name: `Changes in ${program.machine.home}/tracked/.env.local` })
        .waitFor();
      expect(await page.getByLabel('Export anyway').isChecked()).toBe(false);
      await page.getByLabel('Export anyway').check();
      await button(page, 'Export').click();
      await page.getByText('Exported FAL_KEY of staging to ~/tracked/.env.local.').waitFor();
      const [written] = inputsOf(program, 'exports.write');
      expect(written).toMatchObject({ force: true, file: '~/tracked/.env.local' });
    }));

  it('that fails at the last moment leaves what was typed, and looks at the file again', () =>
    inWindow({}, async (page, program) => {
      await openExport(page, 'staging');
      await fileField(page).fill('~/shop/.env');
      await dialog(page).getByText('New file').waitFor();
      const problem = {
        code: 'conflict',
        message: 'The file changes all the time.',
        hint: toHint('Try again.'),
      };
      program.fail('exports.write', problem);
      const before = inputsOf(program, 'exports.plan').length;
      await button(page, 'Export').click();
      await dialog(page).getByRole('alert').getByText('The file changes all the time.').waitFor();
      await expect.poll(() => inputsOf(program, 'exports.plan')).toHaveLength(before + 1);
      program.fail('exports.write', null);
      await button(page, 'Export').click();
      await page.getByText('Exported FAL_KEY of staging').waitFor();
    }));

  it('takes the path from the system’s dialog on the desktop, and is typed in the web view', async () => {
    const chosen = { ...withFolders('picked').options, chosenPath: 'picked/.envrc' };
    await inWindow({ options: chosen }, async (page, { machine }) => {
      await openExport(page, 'staging');
      await button(page, 'Choose…').click();
      await dialog(page)
        .getByText(/^direnv: loads/)
        .waitFor();
      expect(await fileField(page).inputValue()).toBe(`${machine.home}/picked/.envrc`);
      expect(await fileField(page).evaluate((field) => field === document.activeElement)).toBe(true);
    });
    await inWindow({ options: { face: 'web' } }, async (page) => {
      await openExport(page, 'staging');
      expect(await button(page, 'Choose…').count()).toBe(0);
    });
  });
});

describe('an export for a shell', () => {
  it('shows the line masked and copies it on the desktop', () =>
    inWindow({}, async (page, program) => {
      await openExport(page, 'staging');
      await page.keyboard.type('~/half/.env');
      await page.getByRole('tab', { name: 'To a file' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.getByText('fish').click();
      await dialog(page)
        .getByText(/^set -gx FAL_KEY '[0-9a-f-]+:•+'$/)
        .waitFor();
      await page.getByText('PowerShell').click();
      await dialog(page)
        .getByText(/^\$env:FAL_KEY = '[0-9a-f-]+:•+'$/)
        .waitFor();
      await dialog(page)
        .getByText('varvel env staging --shell pwsh | Out-String | Invoke-Expression')
        .waitFor();
      await page.getByText('fish').click();
      // what was typed for a file is still there
      await page.getByRole('tab', { name: 'To a file' }).click();
      expect(await fileField(page).inputValue()).toBe('~/half/.env');
      await page.getByRole('tab', { name: 'To a shell' }).click();
      await button(page, 'Copy line').click();
      await page.getByText('Copied the line for staging.').waitFor();
      const [copied] = inputsOf(program, 'profiles.copyExport');
      expect(copied).toEqual({ name: 'staging', shell: 'fish' });
    }));

  it('offers the command in the web view, with no secret in it', () =>
    inWindow({ options: { face: 'web' } }, async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await openExport(page, 'staging');
      await page.getByRole('tab', { name: 'To a shell' }).click();
      expect(await button(page, 'Copy line').count()).toBe(0);
      await button(page, 'Copy command').click();
      await button(page, 'Copied').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('eval "$(varvel env staging)"');
    }));
});

describe('with every way to them', () => {
  it('the menu and the palette lead to export and pin', () =>
    inWindow({}, async (page) => {
      await button(page, 'More actions for production').click();
      await page.getByRole('menuitem', { name: 'Export…' }).click();
      await dialog(page).getByRole('heading', { name: 'Export production' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      await page.keyboard.press('Control+k');
      await page.keyboard.type('pin folder');
      await page.keyboard.press('Enter');
      await dialog(page).getByRole('heading', { name: 'Pin folder to staging' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      await page.keyboard.press('Control+k');
      await page.keyboard.type('export env');
      await page.keyboard.press('Enter');
      await dialog(page).getByRole('heading', { name: 'Export staging' }).waitFor();
    }));

  it('nothing is cut off at 480 px', () =>
    inWindow({ size: { width: 480, height: 700 } }, async (page) => {
      await button(page, 'night-shift').click();
      await used(page).getByText('Outdated: old key').waitFor();
      expect(await cutOff(page)).toEqual([]);
      await button(page, 'Update… FAL_KEY in ~/bots/.env').click();
      await dialog(page).getByText('removed: FAL_KEY=').waitFor();
      expect(await cutOff(page)).toEqual([]);
      await page.getByRole('tab', { name: 'To a shell' }).click();
      expect(await cutOff(page)).toEqual([]);
    }));
});
