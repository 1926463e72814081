import { expect, it } from 'vitest';
import { secretName } from '../../../core/ports.ts';
import { button, cutOff, goTo, unreachable, withWindows } from './in-window.ts';
import type { Program } from './program/program.ts';

const inWindow = withWindows();

const adminProfiles = ['production', 'mews-admin'];

/** Takes the ADMIN keys away from here. */
const forgetAdminKeys = ({ elsewhere }: Program): Promise<void> =>
  elsewhere(async ({ keys, profiles }) => {
    for (const name of adminProfiles) await keys.forget(keys.find(profiles.get(name).keyId ?? ''));
  });

/** As a keychain whose items somebody has deleted. */
async function loseAdminSecrets({ secrets, varvel }: Program): Promise<void> {
  for (const name of adminProfiles)
    await secrets.delete(secretName.key(varvel().profiles.get(name).keyId ?? ''));
}

/** A day in UTC, as the chart names it. */
const dayName = (ago: number): string =>
  new Date(Date.now() - ago * 86_400_000).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
  });

it('what was spent is drawn by day and added up by key, and one key can be looked at alone', () =>
  inWindow({}, async (page) => {
    await goTo(page, /^Activity/);
    await page.getByRole('tab', { name: 'Spend' }).click();
    const total = page.getByRole('region', { name: 'Total' });
    const days = `Daily spend from ${dayName(29)} to ${dayName(0)}. Peak: `;
    await total.getByRole('img', { name: days }).waitFor();
    const all = await total.textContent();
    expect(all).toMatch(/^\$\d+\.\d\d/);
    const rows = page.getByRole('list', { name: 'Spend by key' }).getByRole('listitem');
    const costs = (await rows.locator('[data-cost]').allTextContents()).map((text) => Number(text.slice(1)));
    expect(costs.length).toBeGreaterThan(2);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    await rows.first().getByRole('button').first().click();
    expect(await total.textContent()).toContain(`$${costs[0]?.toFixed(2)}`);
    await rows.first().getByRole('button').first().click();
    expect(await total.textContent()).toBe(all);
    await page.getByLabel('Group by').selectOption('By model');
    await page.getByText('fal-ai/flux/schnell').waitFor();
    await page.getByRole('tabpanel', { name: 'Spend' }).getByLabel('Time span').selectOption('Last 7 days');
    await total.getByRole('img', { name: `from ${dayName(6)}` }).waitFor();
  }));

it('an account without an ADMIN key is named, with a way to make one', () =>
  inWindow({}, async (page) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('spend');
    await page.keyboard.press('Enter');
    await page.getByText(/Not included \(needs an ADMIN key\)/).waitFor();
    await button(page, 'Create ADMIN key…').click();
    await page.getByRole('dialog', { name: 'Create key' }).waitFor();
    expect(await page.getByRole('radio', { name: /^ADMIN/ }).isChecked()).toBe(true);
  }));

it('without any ADMIN key the page says what it is for; without fal, what is wrong', () =>
  inWindow({ options: { prepare: forgetAdminKeys } }, async (page, { fail }) => {
    await page.keyboard.press('Control+4');
    await page.getByRole('tab', { name: 'Spend' }).click();
    await page.getByRole('heading', { name: 'See spend per key' }).waitFor();
    fail('usage.read', unreachable);
    await button(page, 'Refresh').click();
    await page.getByRole('heading', { name: 'fal can’t be reached.' }).waitFor();
    fail('usage.read', null);
    await button(page, 'Try again').click();
    await page.getByRole('heading', { name: 'See spend per key' }).waitFor();
  }));

it('an ADMIN key whose secret is not in the vault is not called missing', () =>
  inWindow({ options: { prepare: loseAdminSecrets } }, async (page) => {
    await page.keyboard.press('Control+4');
    await page.getByRole('tab', { name: 'Spend' }).click();
    await page.getByRole('heading', { name: /^The secret of key .* is not in this vault/ }).waitFor();
  }));

it('a profile’s pane says what its key has spent, where fal tells it', () =>
  inWindow({}, async (page) => {
    await page.getByRole('button', { name: 'production', exact: true }).click();
    const spend = page.getByRole('region', { name: 'Spend' });
    await spend.getByText(/^Spend, last 30 days/).waitFor();
    expect(await spend.textContent()).toMatch(/\$\d/);
  }));

it('nothing is cut off in a narrow window', () =>
  inWindow({ size: { width: 480, height: 700 } }, async (page) => {
    await page.keyboard.press('Control+4');
    await page.getByRole('tab', { name: 'Spend' }).click();
    await page.getByRole('list', { name: 'Spend by key' }).waitFor();
    expect(await cutOff(page)).toEqual([]);
  }));
