import type { Page } from 'playwright-core';
import { checkScenes } from './scenes.ts';

const openStaging = (page: Page) => page.getByRole('button', { name: 'staging', exact: true }).click();

checkScenes([
  { name: 'profiles' },
  { name: 'a profile’s pane', go: openStaging },
  {
    name: 'a profile being edited',
    go: async (page) => {
      await openStaging(page);
      await page.getByRole('button', { name: 'Edit note' }).click();
    },
  },
  {
    name: 'a locked profile',
    go: async (page) => {
      await page.getByRole('button', { name: 'client-kestrel', exact: true }).click();
    },
  },
  { name: 'no profiles that match', go: (page) => page.getByLabel('Filter profiles').fill('nothing-at-all') },
  {
    name: 'a profile’s menu',
    go: (page) => page.getByRole('button', { name: 'More actions for staging' }).click(),
  },
  {
    name: 'a profile’s menu at the pointer',
    go: (page) => page.locator('.list-row', { hasText: 'staging' }).click({ button: 'right' }),
  },
  {
    name: 'selected profiles in groups',
    go: async (page) => {
      await page.getByLabel('Group').selectOption('Group by account');
      await page
        .getByRole('button', { name: 'staging', exact: true })
        .click({ modifiers: ['ControlOrMeta'] });
      await page.getByRole('region', { name: 'Selection' }).waitFor();
    },
  },
  {
    name: 'a switch to a profile without a key',
    go: (page) => page.getByRole('button', { name: 'Use sketchbook' }).click(),
  },
  { name: 'a new profile', go: (page) => page.getByRole('button', { name: 'Create profile' }).click() },
  {
    name: 'the test of all keys',
    options: {},
    go: async (page, { tell }) => {
      await tell('faults', { target: 'platform', kind: 'slow', delay_ms: 2000 });
      await page.getByRole('button', { name: 'Test all' }).click();
    },
  },
  {
    name: 'a generated picture',
    options: {},
    go: async (page) => {
      await openStaging(page);
      await page.getByRole('button', { name: /Generate picture/ }).click();
      await page.getByRole('button', { name: /^Generate · / }).click();
      await page.getByAltText(/brass ring/).waitFor();
    },
  },
  {
    name: 'code for a profile',
    go: async (page) => {
      await openStaging(page);
      await page.getByRole('button', { name: 'Code…' }).click();
      await page.getByText('fal_client.subscribe(').waitFor();
    },
  },
  {
    name: 'a search in the palette',
    go: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('build');
    },
  },
  { name: 'the switcher', go: (page) => page.keyboard.press('Control+p') },
  { name: 'the palette', go: (page) => page.keyboard.press('Control+k') },
]);
