import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { button, goTo, withWindows } from './in-window.ts';

const inWindow = withWindows();

const vault = (code: string, setUp: boolean) => ({
  kind: 'file' as const,
  setUp,
  problem: { code, message: 'The passphrase vault is not open.', hint: 'Give its passphrase.' },
});
const unlocks = (page: Page) =>
  page.evaluate(() => window.fake.traffic.filter(({ method }) => method === 'vault.unlock').length);

describe('the passphrase vault', () => {
  it('opens with the right passphrase when VARVEL_PASSPHRASE was wrong', () =>
    inWindow({ options: { vault: vault('wrong_passphrase', true) } }, async (page) => {
      await page.getByLabel('Passphrase').fill('open sesame');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Vault' }).waitFor({ state: 'detached' });
      await page.getByText('Passphrase vault open').waitFor();
    }));

  it('that is new asks twice, says how strong the passphrase is, and that nobody can recover it', () =>
    inWindow({ options: { vault: vault('vault_locked', false), firstRun: true } }, async (page) => {
      await page.getByText('Nobody can recover it').waitFor();
      await page.getByLabel('New passphrase').fill('short');
      await page.getByText(/^Weak: 5 characters/).waitFor();
      await page.getByLabel('New passphrase').fill('seven owls keep nine keys');
      await page.getByText(/^Strong by its length: 25 characters/).waitFor();
      await page.getByLabel('The same again').fill('seven owls keep nine key');
      await page.keyboard.press('Enter');
      await page.getByText('The two are not the same.').waitFor();
      expect(await unlocks(page)).toBe(0);
      await page.getByLabel('The same again').fill('seven owls keep nine keys');
      await page.keyboard.press('Enter');
      await page.getByLabel('New passphrase').waitFor({ state: 'detached' });
      expect(await unlocks(page)).toBe(1);
    }));

  it('that is new is set up in the settings too', () =>
    inWindow({ options: { vault: vault('vault_locked', false) } }, async (page) => {
      await page.locator('.nav-foot').getByText('Passphrase vault not set up').waitFor();
      await goTo(page, /^Settings/);
      await page.getByRole('region', { name: 'Vault' }).getByText('Not set up yet.').waitFor();
      await page.getByLabel('New passphrase').fill('seven owls keep nine keys');
      await page.getByLabel('The same again').fill('seven owls keep nine keys');
      await button(page, 'Set up the vault').click();
      await page.getByRole('region', { name: 'Vault' }).getByText('Open.').waitFor();
    }));

  it('whose trouble no passphrase mends offers no field for one', () =>
    inWindow({ options: { vault: vault('vault_unavailable', true) } }, async (page) => {
      await page.getByRole('region', { name: 'Vault' }).waitFor();
      expect(await page.getByLabel('Passphrase').count()).toBe(0);
    }));
});
