import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { toHint } from '../../../../core/model/hint.ts';
import { button, goTo, withWindows } from '../in-window.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const dialog = (page: Page) => page.getByRole('dialog');

const fileField = (page: Page) => page.getByLabel('File', { exact: true });
const used = (page: Page) => page.getByRole('region', { name: 'Used in' });

const withFolders = (...folders: string[]) => ({
  options: { prepare: ({ machine }: Program) => Promise.all(folders.map(machine.folder)) },
});

describe('where a profile is used', () => {
  it('stands under its name in the list', () =>
    inWindow({}, async (page) => {
      const row = (name: string) => page.locator('.list-row', { hasText: name });
      await row('staging').getByText('Pinned in 2 folders').waitFor();
      await row('staging').getByText('.envrc in 1 project').waitFor();
      await row('production').getByText('.env in 1 project').waitFor();
      await row('night-shift').getByText('Outdated in ~/bots/.env').waitFor();
    }));

  it('a stale file is written again, and is fresh then', () =>
    inWindow({}, async (page, { machine }) => {
      await button(page, 'night-shift').click();
      await used(page).getByText('Outdated: old key').waitFor();
      await button(page, 'Update… FAL_KEY in ~/bots/.env').click();
      expect(await fileField(page).inputValue()).toBe(`${machine.home}/bots/.env`);
      await dialog(page).getByText('removed: FAL_KEY=').waitFor();
      await page.getByRole('button', { name: 'Update file', disabled: false }).waitFor();
      await page.keyboard.press('Enter');
      await used(page).getByText('Up to date').waitFor();
      expect(await page.getByText('Outdated in').count()).toBe(0);
    }));

  it('turns stale as soon as the profile has another key', () =>
    inWindow({}, async (page) => {
      await button(page, 'production').click();
      await used(page).getByText('Up to date').waitFor();
      await button(page, 'Edit key').click();
      await page.getByRole('complementary').getByRole('combobox').selectOption({ index: 1 });
      await button(page, 'Save').click();
      await used(page).getByText('Outdated: old key').waitFor();
      await page
        .locator('.list-row', { hasText: 'production' })
        .getByText('Outdated in ~/studio/.env')
        .waitFor();
    }));

  it('an export is taken back in the pane too', () =>
    inWindow({}, async (page) => {
      await button(page, 'production').click();
      await button(page, 'Undo export of FAL_KEY in ~/studio/.env').click();
      await dialog(page)
        .getByText(/^FAL_KEY=[0-9a-f-]+:…/)
        .waitFor();
      await dialog(page).getByText('removed: ').waitFor();
      await button(page, 'Undo export').click();
      await page.getByText('Export undone. ~/studio/.env was restored.').waitFor();
      await used(page).getByText('Not used yet.').waitFor();
      await button(page, 'Redo').click();
      await page.getByText('Exported FAL_KEY of production to ~/studio/.env again.').waitFor();
      await used(page).getByText('Up to date').waitFor();
      await button(page, 'Undo').click();
      await used(page).getByText('Not used yet.').waitFor();
    }));

  it('a folder is pinned, unpinned, and pinned again with Undo', () =>
    inWindow(withFolders('notebook'), async (page) => {
      await button(page, 'personal').click();
      await used(page).getByText('Not used yet.').waitFor();
      await button(page, 'Pin folder…').click();
      await page.keyboard.press('Enter');
      await dialog(page).getByRole('alert').getByText('Enter a folder').waitFor();
      await page.keyboard.type('~/missing');
      await page.keyboard.press('Enter');
      await dialog(page).getByRole('alert').getByText('doesn’t exist').waitFor();
      await page.getByRole('textbox', { name: 'Folder' }).fill('~/shop/');
      await dialog(page).getByText('This folder is pinned to staging. personal will replace it.').waitFor();
      await page.getByRole('textbox', { name: 'Folder' }).fill('~/notebook');
      await page.keyboard.press('Enter');
      await page.getByText('Pinned ~/notebook to personal.').waitFor();
      await page.locator('.list-row', { hasText: 'personal' }).getByText('Pinned in 1 folder').waitFor();
      await button(page, 'Unpin ~/notebook').click();
      await used(page).getByText('Not used yet.').waitFor();
      await button(page, 'Undo').click();
      await used(page).getByText('~/notebook').waitFor();
    }));

  it('says what went wrong when the files could not be looked at', () =>
    inWindow(
      {
        options: {
          failures: { 'exports.list': { code: 'state_busy', message: 'It is busy.', hint: toHint('') } },
        },
      },
      async (page) => {
        await button(page, 'staging').click();
        await used(page).getByRole('alert').getByText('It is busy.').waitFor();
        await used(page).getByText('~/shop', { exact: true }).waitFor();
      },
    ));

  it('its key’s pane tells it with the profile, and so do the dialogs that take the key away', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').click();
      await button(page, 'Show key').click();
      await used(page).getByText('~/shop/.envrc').waitFor();
      await used(page).getByRole('button', { name: 'staging' }).first().waitFor();
      for (const act of ['Revoke key…', 'Forget key…']) {
        await button(page, act).click();
        await dialog(page).getByText('1 file contains this key.').waitFor();
        await dialog(page).getByText('~/shop/.envrc').waitFor();
        await page.keyboard.press('Escape');
      }
      await goTo(page, /^Profiles/);
      await button(page, 'Delete profile…').click();
      await dialog(page).getByText('2 folders are pinned to this profile').waitFor();
    }));
});

it('a key in another tool’s file is listed under Used in, and before it is revoked', () => {
  const prepare = async ({ machine, varvel }: Program) => {
    const key = varvel()
      .profiles.list()
      .profiles.find(({ name }) => name === 'staging')?.keyId;
    const headers = { Authorization: `Bearer ${key}:topsecret` };
    const server = { url: 'https://mcp.fal.ai/mcp', headers };
    await machine.write('.cursor/mcp.json', JSON.stringify({ mcpServers: { 'fal-ai': server } }));
  };
  return inWindow({ options: { prepare } }, async (page) => {
    await button(page, 'staging').click();
    await used(page).getByText('~/.cursor/mcp.json').waitFor();
    await used(page)
      .getByRole('listitem')
      .filter({ hasText: 'mcp.json' })
      .getByText(/Cursor[\s\S]*fal-ai/)
      .waitFor();
    await button(page, 'Show key').click();
    await button(page, 'Revoke key…').click();
    await dialog(page).getByText('2 files contain this key.').waitFor();
    await dialog(page).getByText('~/.cursor/mcp.json').waitFor();
    await page.keyboard.press('Escape');
    await goTo(page, /^Active key/);
    const active = page.getByRole('main', { name: 'Active key' });
    await active.getByText('These tools keep a key of their own, and follow no switch.').waitFor();
    await active.getByText('~/.cursor/mcp.json').waitFor();
  });
});
