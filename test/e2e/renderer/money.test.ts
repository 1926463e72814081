import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { keepMoney } from '../../../host/keep-money.ts';
import { button, cutOff, goTo, withWindows } from './in-window.ts';

const inWindow = withWindows();

const openBudget = async (page: Page, amount: string): Promise<void> => {
  await page.getByLabel('Amount in US dollars').fill(amount);
  await button(page, 'Set budget').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

it('the current profile’s card and its pane show the account’s balance, with its age', () =>
  inWindow({}, async (page) => {
    await button(page, 'staging').click();
    const pane = page.getByRole('complementary', { name: 'Profile staging' });
    await pane.getByText('$412.08').waitFor();
    await pane.getByText('just now').first().waitFor();
    await page.getByRole('button', { name: /Current profile: .*balance \$412\.08/ }).waitFor();
  }));

it('a budget is set for a profile’s key in its pane, shows what is spent, and tells once that it is used up', () =>
  inWindow({}, async (page, { varvel }) => {
    await button(page, 'staging').click();
    await button(page, 'Set budget…').click();
    await button(page, 'Set budget').click();
    await page.getByText('Enter an amount, such as 50 or 12.50.').waitFor();
    await openBudget(page, '0.5');
    await page.getByRole('img', { name: /^Budget of staging: \d+% spent, alert at 80%/ }).waitFor();
    await page.getByText('Over budget').waitFor();
    const { budgets } = await varvel().money();
    expect(budgets.claimAlerts().map(({ percent }) => percent)).toEqual([100]);
    await button(page, 'Change budget…').click();
    await button(page, 'Remove budget').click();
    await button(page, 'Set budget…').waitFor();
    expect(budgets.list()).toEqual([]);
  }));

it('an account’s budget stands on its line and beside the spend, whose days it is drawn over', () =>
  inWindow({}, async (page, { varvel }) => {
    await goTo(page, /^Accounts/);
    await page.getByRole('button', { name: 'More actions for falconers' }).first().click();
    await page.getByRole('menuitem', { name: 'Set budget…' }).click();
    await openBudget(page, '200');
    await page
      .getByRole('img', { name: /^Budget of falconers: \d+% spent/ })
      .first()
      .waitFor();
    const key = varvel().keys.find('build-bots', 'falconers');
    const { budgets } = await varvel().money();
    budgets.set({ subject: { kind: 'key', keyId: key.id }, amount: 30, period: 'month', alertPercent: 80 });
    await goTo(page, /^Activity/);
    await page.getByRole('tab', { name: 'Spend' }).click();
    await page.getByRole('region', { name: 'Budgets' }).getByText('falconers').waitFor();
    const rows = page.getByRole('list', { name: 'Spend by key' }).getByRole('listitem');
    await rows
      .filter({ hasText: /build-bots.*falconers/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByText('Budget $1.00 a day').waitFor();
    await page.getByLabel('Group by').selectOption('By member');
    await page.getByText(/names members only for calls made with a sign-in/).waitFor();
    await page.getByText('With a key', { exact: true }).waitFor();
  }));

it('with balances read only when asked for, a pane shows what was read, and reads it on request', () =>
  inWindow({}, async (page, { varvel, calls }) => {
    varvel().settings.change({ moneyReading: 'manual' });
    await goTo(page, /^Settings/);
    await expect.poll(() => page.getByLabel(/^Only when you ask/).isChecked()).toBe(true);
    await goTo(page, /^Profiles/);
    await button(page, 'staging').click();
    const pane = page.getByRole('complementary', { name: 'Profile staging' });
    await pane.getByRole('button', { name: 'Read spend' }).waitFor();
    // what keeps them up to date in the background
    const account = varvel().profiles.get('staging').account?.id ?? '';
    const keeping = keepMoney(varvel(), () => undefined);
    await keeping.look();
    expect(varvel().knownBalance(account)).toBeNull();
    expect(calls.filter(({ method }) => /^(money\.balance$|usage|money\.refresh)/.test(method))).toEqual([]);
    await pane.getByRole('button', { name: 'Read balance' }).click();
    await pane.getByText('$412.08').waitFor();
    await pane.getByRole('button', { name: 'Read spend' }).click();
    await pane.getByText(/^Spend, last \d+ days/).waitFor();

    await goTo(page, /^Settings/);
    await page.getByLabel(/^Automatically/).check();
    await expect.poll(() => varvel().settings.read().moneyReading).toBe('automatic');
    varvel().profiles.switchTo('personal');
    await keeping.look();
    await keeping.end();
    const other = varvel().profiles.get('personal').account?.id ?? '';
    expect(varvel().knownBalance(other)).not.toBeNull();
  }));

it('a narrow window shows budgets whole', () =>
  inWindow({ size: { width: 480, height: 700 } }, async (page, { varvel }) => {
    const [key] = varvel().keys.all('falconers');
    const { budgets } = await varvel().money();
    if (key?.account)
      budgets.set({
        subject: { kind: 'account', account: key.account },
        amount: 100,
        period: 'week',
        alertPercent: 80,
      });
    await goTo(page, /^Accounts/);
    await page
      .getByRole('img', { name: /^Budget of falconers/ })
      .first()
      .waitFor();
    expect(await cutOff(page)).toEqual([]);
  }));
