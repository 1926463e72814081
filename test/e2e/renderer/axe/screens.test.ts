import type { Page } from 'playwright-core';
import { toHint } from '../../../../core/model/hint.ts';
import { checkScenes } from './scenes.ts';

const nav = (name: RegExp) => (page: Page) =>
  page.getByRole('navigation').getByRole('button', { name }).click();
const corrupt = {
  code: 'state_corrupt',
  message: 'The state can’t be read.',
  hint: toHint('See `varvel doctor`.'),
};

checkScenes([
  { name: 'first run', options: { firstRun: true } },
  {
    name: 'waiting for a sign-in',
    options: { firstRun: true },
    go: async (page) => {
      await page.getByRole('button', { name: 'Sign in with GitHub' }).click();
      await page.getByLabel('Code', { exact: true }).waitFor();
    },
  },
  {
    name: 'a first run without a vault and without fal’s CLI',
    options: {
      firstRun: true,
      falcli: { file: 'missing' },
      vault: { passphrase: null },
    },
  },
  { name: 'a locked vault', options: { vault: { passphrase: 'open sesame' } } },
  { name: 'a state that can’t be read', options: { failures: { 'profiles.list': corrupt } } },
  { name: 'a window that can’t start', options: { failures: { 'app.start': corrupt } } },
  { name: 'accounts', go: nav(/^Accounts/) },
  {
    name: 'two identities of one name',
    options: { signInAfter: 200 },
    go: async (page) => {
      await nav(/^Accounts/)(page);
      await page.getByRole('button', { name: 'Sign in…', exact: true }).click();
      await page.getByRole('button', { name: 'Sign in with SSO' }).click();
      await page.getByLabel('SSO domain').fill('example.com');
      await page.keyboard.press('Enter');
      for (const by of ['GitHub', 'SSO (example.com)'])
        await page.getByRole('region', { name: `Ada Lovelace, ${by}`, exact: true }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
  { name: 'activity', go: nav(/^Activity/) },
  {
    name: 'what was spent',
    go: async (page) => {
      await nav(/^Activity/)(page);
      await page.getByRole('tab', { name: 'Spend' }).click();
      await page.getByRole('list', { name: 'Spend by key' }).waitFor();
    },
  },
  {
    name: 'every chain of which key wins',
    go: async (page) => {
      await nav(/^Active key/)(page);
      await page.getByText('Shell with the hook').waitFor();
      for (const summary of await page
        .getByRole('main', { name: 'Active key' })
        .locator('details + details > summary')
        .all()) {
        await summary.click();
      }
    },
  },
  {
    name: 'the doctor’s checks and report',
    go: async (page) => {
      await nav(/^Doctor/)(page);
      await page.getByText('Report to share').click();
    },
  },
]);
