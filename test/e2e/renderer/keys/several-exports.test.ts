import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { button, cutOff, inputsOf, withWindows } from '../in-window.ts';
import { carriersOf, type ProgramOptions } from '../program/program.ts';
import { trackFiles } from '../program/tracked.ts';

const inWindow = withWindows();

const dialog = (page: Page) => page.getByRole('dialog');
const fileField = (page: Page) => page.getByLabel('File', { exact: true });
const withFile: ProgramOptions = {
  prepare: ({ machine }) => machine.write('several/.env', '# mine\nPORT=3000\n'),
};

async function openExport(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await button(page, name).click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Export…' }).click();
}

describe('an export of several profiles', () => {
  it('shows all of them masked, writes one file, and is undone and redone in one step', () =>
    inWindow({ options: withFile }, async (page, program) => {
      const file = join(program.machine.home, 'several/.env');
      await openExport(page, 'staging', 'mews-admin', 'sketchbook');
      await dialog(page).getByRole('heading', { name: 'Export 2 profiles' }).waitFor();
      await dialog(page).getByText('Left out, as it has no key: sketchbook.').waitFor();
      expect(await page.getByLabel('Variable for mews-admin').inputValue()).toBe('FAL_KEY_MEWS_ADMIN');
      await page.getByLabel('Variable for staging').fill('FAL_KEY_SHOP');
      await fileField(page).fill('~/several/.env');
      const changes = page.getByRole('region', { name: /^Changes in/ });
      await changes.getByText(/FAL_KEY_MEWS_ADMIN=/).waitFor();
      await changes.getByText(/FAL_KEY_SHOP=/).waitFor();
      expect(await readFile(file, 'utf8')).toBe('# mine\nPORT=3000\n');
      await button(page, 'Export 2 profiles').click();
      await page.getByText('Exported 2 profiles to ~/several/.env.').waitFor();
      const written = await readFile(file, 'utf8');
      const [, key = ''] = /^FAL_KEY_SHOP=(.+)$/m.exec(written) ?? [];
      expect(written).toMatch(/^# mine\nPORT=3000\nFAL_KEY_MEWS_ADMIN=\S+\nFAL_KEY_SHOP=\S+\n$/);
      expect(carriersOf(program, [key.split(':')[1] ?? key])).toEqual([]);
      await button(page, 'Undo').click();
      await page.getByText('Export undone. ~/several/.env was restored.').waitFor();
      expect(await readFile(file, 'utf8')).toBe('# mine\nPORT=3000\n');
      await button(page, 'Redo').click();
      await page.getByText('Exported 2 profiles to ~/several/.env.').waitFor();
      expect(await readFile(file, 'utf8')).toBe(written);
    }));

  it('refuses one variable for two profiles, and a malformed file', () =>
    inWindow({}, async (page, program) => {
      await writeFile(join(program.machine.home, 'broken.json'), '{"A": ');
      await openExport(page, 'staging', 'mews-admin');
      await fileField(page).fill('~/new.env');
      await page.getByLabel('Variable for staging').fill('FAL_KEY_MEWS_ADMIN');
      await dialog(page).getByRole('alert').getByText('is used for two profiles').waitFor();
      expect(await button(page, 'Export 2 profiles').isDisabled()).toBe(true);
      await page.getByLabel('Variable for staging').fill('FAL_KEY_STAGING');
      await dialog(page).getByText('New file').waitFor();
      await fileField(page).fill('~/broken.json');
      await dialog(page).getByRole('alert').waitFor();
      expect(inputsOf(program, 'exports.writeAll')).toEqual([]);
    }));

  it('into a file that git tracks must be confirmed', () =>
    inWindow(
      { options: { prepare: trackFiles }, size: { width: 480, height: 700 } },
      async (page, program) => {
        await openExport(page, 'staging', 'mews-admin');
        await fileField(page).fill('~/tracked/.env');
        await dialog(page).getByText('Git tracks this file').waitFor();
        expect(await cutOff(page)).toEqual([]);
        expect(await button(page, 'Export 2 profiles').isDisabled()).toBe(true);
        await page.getByLabel('Export anyway').check();
        await button(page, 'Export 2 profiles').click();
        await page.getByText('Exported 2 profiles to ~/tracked/.env.').waitFor();
        expect(inputsOf(program, 'exports.writeAll')).toMatchObject([{ force: true }]);
      },
    ));

  it('of one selected profile is the usual one', () =>
    inWindow({}, async (page) => {
      await openExport(page, 'staging');
      await dialog(page).getByRole('heading', { name: 'Export staging' }).waitFor();
    }));
});
