import { describe, expect, it } from 'vitest';
import { toHint } from '../../../core/model/hint.ts';
import { lockedVault } from '../../fakes/memory-secrets.ts';
import { button, goTo, unreachable, withWindows } from './in-window.ts';
import { changePassphrase } from './program/passphrase.ts';

const inWindow = withWindows();

describe('when something is not there', () => {
  it('a vault that locks while the window is open says so, and opens with the passphrase', () =>
    inWindow({ options: { vault: { passphrase: 'before', given: 'before' } } }, async (page, program) => {
      await button(page, 'staging').waitFor();
      await changePassphrase(program, 'before', 'open sesame');
      program.emit('changed', { topics: ['vault'] });
      const vault = page.getByRole('region', { name: 'Vault' });
      await vault.getByText('Wrong passphrase').waitFor();
      await button(page, 'Copy key of staging').click();
      await page.getByRole('region', { name: 'Notifications' }).getByText('Wrong passphrase').waitFor();
      await page.getByLabel('Passphrase').fill('wrong');
      await page.keyboard.press('Enter');
      await vault.locator('form').getByText('Wrong passphrase').waitFor();
      await page.getByLabel('Passphrase').fill('open sesame');
      await page.keyboard.press('Enter');
      await page.getByLabel('Passphrase').waitFor({ state: 'detached' });
    }));

  it('a vault that locks without a word is noticed by the first action that needs it', () =>
    inWindow({}, async (page, { secrets }) => {
      await button(page, 'staging').waitFor();
      secrets.fail(lockedVault());
      await button(page, 'Copy key of staging').click();
      await page.getByRole('region', { name: 'Vault' }).getByText('The keychain is locked.').waitFor();
    }));

  it('fal: what is known stays', () =>
    inWindow({ options: { failures: { 'keys.refresh': unreachable } } }, async (page, { fail }) => {
      await goTo(page, /^Keys/);
      await page.getByText('Showing the last known state.').waitFor();
      await button(page, 'old-laptop').waitFor();
      fail('keys.refresh', null);
      await button(page, 'Try again').click();
      await page.getByText('Updated just now').waitFor();
    }));

  it('the state: it says so, and reads it again when asked', () =>
    inWindow(
      {
        options: {
          failures: {
            'profiles.list': { code: 'state_corrupt', message: 'The state can’t be read.', hint: toHint('') },
          },
        },
      },
      async (page, { fail }) => {
        await page.getByRole('alert').getByText('The state can’t be read.').waitFor();
        // nobody knows whether a profile is current
        await button(page, /^Current profile: Unknown/).waitFor();
        expect(await page.getByText('No key active').count()).toBe(0);
        expect(await button(page, 'Create profile').count()).toBe(0);
        fail('profiles.list', null);
        await button(page, 'Try again').click();
        await button(page, 'staging').waitFor();
      },
    ));
});
