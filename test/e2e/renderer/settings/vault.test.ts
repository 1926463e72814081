import { mkdir, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { VarvelError } from '../../../../core/model/error.ts';
import { button, goTo, inputsOf, withWindows } from '../in-window.ts';
import { identityPath } from '../program/passphrase.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const withoutKeychain = async ({ secrets }: Program): Promise<void> =>
  secrets.fail(new VarvelError('vault_unavailable', 'There is no keychain here.', ''));

const isNew = { passphrase: null };

describe('the passphrase vault', () => {
  it('opens with the right passphrase when VARVEL_PASSPHRASE was wrong', () =>
    inWindow({ options: { vault: { passphrase: 'open sesame', given: 'wrong' } } }, async (page) => {
      await page.getByLabel('Passphrase').fill('open sesame');
      // the form is the one thing to do
      expect(await button(page, 'Try again').count()).toBe(0);
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Vault' }).waitFor({ state: 'detached' });
      await page
        .getByRole('region', { name: 'Status' })
        .getByText('Passphrase vault', { exact: true })
        .waitFor();
    }));

  it('that is new asks twice, says how strong the passphrase is, and that nobody can recover it', () =>
    inWindow({ options: { vault: isNew, firstRun: true } }, async (page, program) => {
      await page.getByText('Nobody can recover it').waitFor();
      await page.getByLabel('New passphrase').fill('short');
      await page.getByText(/^Weak: 5 characters/).waitFor();
      await page.getByLabel('Repeat passphrase').fill('short');
      await page.keyboard.press('Enter');
      await page
        .getByRole('alert')
        .getByText(/^Weak: 5 characters/)
        .waitFor();
      expect(inputsOf(program, 'vault.unlock')).toHaveLength(0);
      await page.getByLabel('New passphrase').fill('seven owls keep nine keys');
      await page.getByText(/^Strong: 25 characters/).waitFor();
      await page.getByLabel('Repeat passphrase').fill('seven owls keep nine key');
      await page.keyboard.press('Enter');
      await page.getByText('The passphrases don’t match.').waitFor();
      expect(inputsOf(program, 'vault.unlock')).toHaveLength(0);
      await page.getByLabel('Repeat passphrase').fill('seven owls keep nine keys');
      await page.keyboard.press('Enter');
      await page.getByLabel('New passphrase').waitFor({ state: 'detached' });
      expect(inputsOf(program, 'vault.unlock')).toHaveLength(1);
    }));

  it('that is new is set up in the settings too', () =>
    inWindow({ options: { vault: isNew } }, async (page) => {
      await page.getByRole('region', { name: 'Status' }).getByText('Passphrase vault not set up').waitFor();
      await goTo(page, /^Settings/);
      await page.getByRole('region', { name: 'Vault' }).getByText('Not set up.').waitFor();
      await page.getByLabel('New passphrase').fill('seven owls keep nine keys');
      await page.getByLabel('Repeat passphrase').fill('seven owls keep nine keys');
      await button(page, 'Set up vault').click();
      await page.getByRole('region', { name: 'Vault' }).getByText('Unlocked.').waitFor();
    }));

  it('that is open is locked now, and opens again', () =>
    inWindow({ options: { vault: { passphrase: 'open sesame', given: 'open sesame' } } }, async (page) => {
      await goTo(page, /^Settings/);
      const card = page.getByRole('region', { name: 'Vault' });
      await card.getByText('Unlocked.').waitFor();
      await button(page, 'Lock now').click();
      await card.getByText('Locked.', { exact: true }).waitFor();
      await page.getByRole('region', { name: 'Status' }).getByText('Passphrase vault locked').waitFor();
      await page.getByLabel('Passphrase').fill('open sesame');
      await page.keyboard.press('Enter');
      await card.getByText('Unlocked.').waitFor();
    }));

  it('is locked from anywhere with the palette, which offers that only while it is open', () =>
    inWindow({ options: { vault: { passphrase: 'open sesame', given: 'open sesame' } } }, async (page) => {
      const status = page.getByRole('region', { name: 'Status' });
      await status.getByText('Passphrase vault', { exact: true }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder(/^Search actions/).fill('lock');
      await page
        .locator('[role="option"][data-selected="true"]')
        .getByText('Lock vault now', { exact: true })
        .waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Vault locked.').waitFor();
      await status.getByText('Passphrase vault locked').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder(/^Search actions/).fill('lock');
      await page.getByRole('option', { name: 'Vault' }).waitFor();
      expect(await page.getByRole('option', { name: 'Lock vault now' }).count()).toBe(0);
    }));

  it('gets another passphrase, if that is hard to guess', () =>
    inWindow({ options: { vault: { passphrase: 'open sesame', given: 'open sesame' } } }, async (page) => {
      await goTo(page, /^Settings/);
      await button(page, 'Change passphrase…').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Current passphrase').fill('wrong');
      await dialog.getByLabel('New passphrase').fill('summer2026!');
      await dialog.getByLabel('Repeat passphrase').fill('summer2026!');
      await dialog.getByText(/^Weak: 11 characters/).waitFor();
      await page.keyboard.press('Enter');
      await dialog
        .getByRole('alert')
        .getByText(/^Weak: 11 characters/)
        .waitFor();
      await dialog.getByLabel('New passphrase').fill('seven owls keep nine keys');
      await dialog.getByLabel('Repeat passphrase').fill('seven owls keep nine keys');
      await page.keyboard.press('Enter');
      await dialog.getByText('Wrong passphrase').waitFor();
      await dialog.getByLabel('Current passphrase').fill('open sesame');
      await page.keyboard.press('Enter');
      await page.getByText('Passphrase changed.').waitFor();
      await page.getByRole('region', { name: 'Vault' }).getByText('Unlocked.').waitFor();
      await button(page, 'Lock now').click();
      await page.getByLabel('Passphrase').fill('seven owls keep nine keys');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Vault' }).getByText('Unlocked.').waitFor();
    }));

  it('is chosen in the window where there is no keychain, and never by itself', () =>
    inWindow({ options: { prepare: withoutKeychain } }, async (page, { varvel }) => {
      await goTo(page, /^Settings/);
      const card = page.getByRole('region', { name: 'Vault' });
      await card.getByText('Not available.').waitFor();
      expect(varvel().vault).toBe('keychain');
      await button(page, 'Use a passphrase vault instead…').click();
      await page.getByLabel('New passphrase').fill('seven owls keep nine keys');
      await page.getByLabel('Repeat passphrase').fill('seven owls keep nine keys');
      await button(page, 'Set up vault').click();
      await card.getByText('Unlocked.').waitFor();
      await card.getByText(/a file encrypted with your passphrase/).waitFor();
      expect(varvel().vault).toBe('file');
    }));

  it.each([
    ['is damaged', (path: string) => writeFile(path, 'age-encryption.org/v1\nnothing')],
    ['is no file', (path: string) => rm(path).then(() => mkdir(path))],
  ])('whose own key %s offers no field for a passphrase, which would not mend it', (_, damage) => {
    const options = {
      vault: { passphrase: 'open sesame', given: 'open sesame' },
      prepare: (program: Program) => damage(identityPath(program)),
    };
    return inWindow({ options }, async (page) => {
      await page.getByRole('region', { name: 'Vault' }).getByText('can’t be used').waitFor();
      expect(await page.getByLabel('Passphrase').count()).toBe(0);
    });
  });
});
