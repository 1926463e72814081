import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toHint } from '../../../core/model/hint.ts';
import { startWindows, type Windows } from './open-window.ts';
import { backupPassphrase, makeThere } from './program/backup.ts';
import { setStagingHost } from './program/files.ts';
import type { Program, ProgramOptions } from './program/program.ts';
import { trackFiles } from './program/tracked.ts';

let windows: Windows;
beforeAll(async () => {
  windows = await startWindows();
});
afterAll(() => windows.close());

interface Scene {
  name: string;
  options?: ProgramOptions;
  go?: (page: Page, program: Program) => Promise<unknown>;
}

const nav = (name: RegExp) => (page: Page) =>
  page.getByRole('navigation').getByRole('button', { name }).click();
const inSettings =
  (name: string | RegExp, role: 'button' | 'radio' = 'button') =>
  async (page: Page): Promise<void> => {
    await nav(/^Settings/)(page);
    await page.getByRole(role, { name, exact: typeof name === 'string' }).click();
  };
const openStaging = (page: Page) => page.getByRole('button', { name: 'staging', exact: true }).click();
const openExport = async (page: Page): Promise<void> => {
  await openStaging(page);
  await page.getByRole('button', { name: 'Export…' }).click();
};
const openItsKey = async (page: Page): Promise<void> => {
  await openStaging(page);
  await page.getByRole('button', { name: 'Show key' }).click();
};

const unreachable = {
  code: 'unreachable',
  message: 'fal can’t be reached.',
  hint: toHint('Check the network.'),
};
const corrupt = {
  code: 'state_corrupt',
  message: 'The state can’t be read.',
  hint: toHint('See `varvel doctor`.'),
};

const scenes: Scene[] = [
  { name: 'first run', options: { firstRun: true } },
  {
    name: 'waiting for a sign-in',
    options: { firstRun: true },
    go: async (page) => {
      await page.getByRole('button', { name: 'Sign in with GitHub' }).click();
      await page.getByLabel('Code', { exact: true }).waitFor();
    },
  },
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
  { name: 'an export', go: openExport },
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
  {
    name: 'what was spent',
    go: async (page) => {
      await nav(/^Activity/)(page);
      await page.getByRole('tab', { name: 'Spend' }).click();
      await page.getByRole('list', { name: 'Spend by key' }).waitFor();
    },
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
  {
    name: 'a search in the palette',
    go: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('build');
    },
  },
  {
    name: 'revoking several keys',
    go: async (page) => {
      await nav(/^Keys/)(page);
      for (const name of ['old-laptop', 'compiler'])
        await page.getByRole('button', { name, exact: true }).click({ modifiers: ['ControlOrMeta'] });
      await page.getByRole('button', { name: 'Revoke…' }).click();
    },
  },
  {
    name: 'forgetting several keys',
    go: async (page) => {
      await nav(/^Keys/)(page);
      for (const name of ['old-laptop', 'compiler'])
        await page.getByRole('button', { name, exact: true }).click({ modifiers: ['ControlOrMeta'] });
      await page.getByRole('button', { name: 'Forget…' }).click();
    },
  },
  {
    name: 'a key to rename',
    go: async (page) => {
      await nav(/^Keys/)(page);
      await page.getByRole('button', { name: 'old-laptop', exact: true }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Rename key…' }).click();
    },
  },
  { name: 'the switcher', go: (page) => page.keyboard.press('Control+p') },
  { name: 'the palette', go: (page) => page.keyboard.press('Control+k') },
  { name: 'a new profile', go: (page) => page.getByRole('button', { name: 'Create profile' }).click() },
  {
    name: 'the test of all keys',
    go: async (page, { tell }) => {
      await tell('faults', { target: 'platform', kind: 'slow', delay_ms: 2000 });
      await page.getByRole('button', { name: 'Test all' }).click();
    },
  },
  { name: 'keys', go: nav(/^Keys/) },
  { name: 'a key’s pane', go: openItsKey },
  {
    name: 'creating a key',
    go: async (page) => {
      await nav(/^Keys/)(page);
      await page.getByRole('button', { name: 'Create key' }).click();
    },
  },
  {
    name: 'revoking a key',
    go: async (page) => {
      await openItsKey(page);
      await page.getByRole('button', { name: 'Revoke key…' }).click();
    },
  },
  {
    name: 'a revealed key',
    go: async (page) => {
      await openItsKey(page);
      await page.getByRole('button', { name: 'Reveal…' }).click();
      await page.getByRole('button', { name: /^Reveal for/ }).click();
    },
  },
  {
    name: 'a generated picture',
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
  { name: 'settings', go: nav(/^Settings/) },
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
  {
    name: 'a first run without a vault and without fal’s CLI',
    options: {
      firstRun: true,
      falcli: { file: 'missing' },
      vault: { passphrase: null },
    },
  },
  { name: 'a locked vault', options: { vault: { passphrase: 'open sesame' } } },
  { name: 'fal not reached', options: { failures: { 'keys.refresh': unreachable } }, go: nav(/^Keys/) },
  { name: 'a state that can’t be read', options: { failures: { 'profiles.list': corrupt } } },
  { name: 'a window that can’t start', options: { failures: { 'app.start': corrupt } } },
];

it.each(scenes)('axe finds nothing on $name, in light and dark', async ({ options = {}, go }) => {
  const { page, program, complaints, close } = await windows.open({ options });
  await page.locator('main').first().waitFor();
  await go?.(page, program);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(150);
    // in one piece: no page of ours has frames, for which it would open another
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => ({ colorScheme, id, html, failureSummary })),
    );
    expect(found).toEqual([]);
  }
  expect(await complaints()).toEqual([]);
  await close();
});
