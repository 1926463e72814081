import type { Page } from 'playwright-core';
import { trackFiles } from '../program/tracked.ts';
import { checkScenes } from './scenes.ts';

const openStaging = (page: Page) => page.getByRole('button', { name: 'staging', exact: true }).click();
const openExport = async (page: Page): Promise<void> => {
  await openStaging(page);
  await page.getByRole('button', { name: 'Export…' }).click();
};

checkScenes([
  {
    name: 'an export of several profiles',
    go: async (page) => {
      for (const name of ['staging', 'mews-admin', 'sketchbook'])
        await page.getByRole('button', { name, exact: true }).click({ modifiers: ['ControlOrMeta'] });
      await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Export…' }).click();
      await page.getByLabel('File', { exact: true }).fill('~/studio/.env');
      await page.getByRole('region', { name: /^Changes in/ }).waitFor();
    },
  },
  { name: 'an export', go: openExport },
  {
    name: 'an export to GitHub',
    go: async (page) => {
      await openExport(page);
      await page.getByRole('tab', { name: 'To GitHub' }).click();
      await page.getByRole('button', { name: 'Set secret' }).click();
      await page.getByText('Enter a repository').waitFor();
    },
  },
  {
    name: 'an export of which git would take the file',
    options: { prepare: trackFiles },
    go: async (page) => {
      await openExport(page);
      await page.getByLabel('File', { exact: true }).fill('~/tracked/.env');
      await page.getByLabel('Export anyway').waitFor();
    },
  },
  {
    name: 'an export that changes a file',
    go: async (page) => {
      await openExport(page);
      await page.getByLabel('File', { exact: true }).fill('~/studio/.env');
      await page.getByRole('region', { name: /^Changes in/ }).waitFor();
    },
  },
  {
    name: 'an export that can’t be',
    go: async (page) => {
      await openExport(page);
      await page.getByLabel('File', { exact: true }).fill('somewhere');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'an export for a shell',
    go: async (page) => {
      await openExport(page);
      await page.getByRole('tab', { name: 'To a shell' }).click();
    },
  },
  {
    name: 'a stale file in a pane',
    go: async (page) => {
      await page.getByRole('button', { name: 'night-shift', exact: true }).click();
      await page.getByText('Outdated: old key').waitFor();
    },
  },
  {
    name: 'a folder to pin',
    go: async (page) => {
      await openStaging(page);
      await page.getByRole('button', { name: 'Pin folder…' }).click();
    },
  },
]);
