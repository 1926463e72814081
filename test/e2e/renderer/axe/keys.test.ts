import type { Page } from 'playwright-core';
import { toHint } from '../../../../core/model/hint.ts';
import { checkScenes } from './scenes.ts';

const nav = (name: RegExp) => (page: Page) =>
  page.getByRole('navigation').getByRole('button', { name }).click();
const openStaging = (page: Page) => page.getByRole('button', { name: 'staging', exact: true }).click();
const openItsKey = async (page: Page): Promise<void> => {
  await openStaging(page);
  await page.getByRole('button', { name: 'Show key' }).click();
};
const unreachable = {
  code: 'unreachable',
  message: 'fal can’t be reached.',
  hint: toHint('Check the network.'),
};

checkScenes([
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
    name: 'reconciling keys',
    go: async (page) => {
      await nav(/^Keys/)(page);
      await page.getByRole('button', { name: 'Reconcile…' }).click();
      await page.getByRole('region', { name: 'Only at fal' }).waitFor();
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
    name: 'rotating a key',
    go: async (page) => {
      await openItsKey(page);
      await page.getByRole('button', { name: 'Rotate key…' }).click();
      await page.getByLabel('Grace period').waitFor();
    },
  },
  {
    name: 'finding copies of keys',
    go: async (page) => {
      await nav(/^Keys/)(page);
      await page.getByRole('button', { name: 'Find copies…' }).click();
    },
  },
  {
    name: 'copies of keys that were found',
    options: {},
    go: async (page) => {
      await nav(/^Keys/)(page);
      await page.getByRole('button', { name: 'Find copies…' }).click();
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByText(/ in \d+ files?/).waitFor();
    },
  },
  {
    name: 'a rotation that waits',
    options: {},
    go: async (page) => {
      await openItsKey(page);
      await page.getByRole('button', { name: 'Rotate key…' }).click();
      await page.getByRole('button', { name: 'Rotate key', exact: true }).click();
      await page
        .getByText(/until .*, \d\d:\d\d/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'why a key is refused',
    options: {},
    go: async (page, program) => {
      await program.tell('lock', { account: 'falconers', pattern: 'contradictory_balances' });
      await openStaging(page);
      await page.getByRole('complementary').getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByRole('button', { name: 'Why?…' }).click();
      await page.getByRole('button', { name: 'Save report…' }).click();
      await page.getByLabel('File for the report').waitFor();
    },
  },
  {
    name: 'budgets, on accounts and in their dialog',
    options: {},
    go: async (page, { varvel }) => {
      const { account } = varvel().keys.find('build-bots', 'falconers');
      const { budgets } = await varvel().money();
      const subject = { kind: 'account', account: account ?? { id: '', nickname: '' } } as const;
      budgets.set({ subject, amount: 12, period: 'month', alertPercent: 80 });
      await nav(/^Accounts/)(page);
      await page.getByRole('img', { name: /^Budget of falconers: \d+%/ }).waitFor();
      await page.getByRole('button', { name: 'More actions for falconers' }).click();
      await page.getByRole('menuitem', { name: 'Change budget…' }).click();
    },
  },
  {
    name: 'a revealed key',
    options: {},
    go: async (page) => {
      await openItsKey(page);
      await page.getByRole('button', { name: 'Reveal…' }).click();
      await page.getByRole('button', { name: /^Reveal for/ }).click();
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
  { name: 'fal not reached', options: { failures: { 'keys.refresh': unreachable } }, go: nav(/^Keys/) },
]);
