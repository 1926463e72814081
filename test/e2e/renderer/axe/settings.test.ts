import type { Page } from 'playwright-core';
import { backupPassphrase, makeThere } from '../program/backup.ts';
import { setStagingHost } from '../program/files.ts';
import { checkScenes } from './scenes.ts';

const nav = (name: RegExp) => (page: Page) =>
  page.getByRole('navigation').getByRole('button', { name }).click();
const inSettings =
  (name: string | RegExp, role: 'button' | 'radio' = 'button') =>
  async (page: Page): Promise<void> => {
    await nav(/^Settings/)(page);
    await page.getByRole(role, { name, exact: typeof name === 'string' }).click();
  };

checkScenes([
  { name: 'settings', go: nav(/^Settings/) },
  {
    name: 'a backup',
    go: async (page) => {
      await nav(/^Settings/)(page);
      await page.getByRole('button', { name: 'Create backup…' }).click();
    },
  },
  {
    name: 'a backup that was looked into',
    options: { prepare: makeThere },
    go: async (page) => {
      await nav(/^Settings/)(page);
      await page.getByRole('button', { name: 'Restore backup…' }).click();
      await page.getByRole('textbox', { name: 'Backup file' }).fill('~/there.age');
      await page.getByLabel('Backup passphrase').fill(backupPassphrase);
      await page.keyboard.press('Enter');
      await page.getByRole('list', { name: 'Entries to restore' }).waitFor();
    },
  },
  { name: 'a hook’s line', go: inSettings('Add hook to bash…') },
  { name: 'fal’s CLI that takes a key', go: inSettings(/^Profile and key/, 'radio') },
  { name: 'the import', go: inSettings('Import profiles…') },
  {
    name: 'what undoing would do',
    options: { prepare: ({ machine }) => setStagingHost(machine, 'one') },
    go: async (page, { machine }) => {
      await inSettings('Apply now…')(page);
      await page.getByRole('button', { name: 'Apply', exact: true }).click();
      await page.getByText('The fal CLI now uses staging.').waitFor();
      await setStagingHost(machine, 'two');
      await page.getByRole('button', { name: 'Undo change…' }).click();
      await page.getByRole('dialog').getByText('staging.host').waitFor();
    },
  },
  {
    name: 'the settings with a malformed file of fal’s CLI',
    options: { falcli: { file: 'malformed' } },
    go: nav(/^Settings/),
  },
]);
