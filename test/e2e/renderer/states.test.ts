import { describe, it } from 'vitest';
import { button, goTo, unreachable, withWindows } from './in-window.ts';

const inWindow = withWindows();

describe('when something is not there', () => {
  it('a vault that locks while the window is open says so, and opens with the passphrase', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').waitFor();
      const problem = { code: 'vault_locked', message: 'The vault is locked.', hint: 'Give its passphrase.' };
      await page.evaluate(
        (locked) => window.fake.setVault({ kind: 'file', setUp: true, problem: locked }),
        problem,
      );
      await page.getByText('The vault is locked.').waitFor();
      await button(page, 'Copy the key of staging').click();
      await page.getByRole('region', { name: 'Messages' }).getByText('The vault is locked.').waitFor();
      await page.getByLabel('Passphrase').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('That is not the passphrase.').waitFor();
      await page.getByLabel('Passphrase').fill('open sesame');
      await page.keyboard.press('Enter');
      await page.getByLabel('Passphrase').waitFor({ state: 'detached' });
    }));

  it('a vault that locks without a word is noticed by the first action that needs it', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').waitFor();
      const problem = { code: 'vault_locked', message: 'The keychain is locked.', hint: 'Unlock it.' };
      await page.evaluate(
        (locked) => window.fake.setVault({ kind: 'keychain', setUp: true, problem: locked }, true),
        problem,
      );
      await button(page, 'Copy the key of staging').click();
      await page.getByRole('region', { name: 'Vault' }).getByText('The keychain is locked.').waitFor();
    }));

  it('fal: what is known stays', () =>
    inWindow({ options: { failures: { 'keys.refresh': unreachable } } }, async (page) => {
      await goTo(page, /^Keys/);
      await page.getByText('What is shown is what was known before.').waitFor();
      await button(page, 'old-laptop').waitFor();
      await page.evaluate(() => window.fake.fail('keys.refresh', null));
      await button(page, 'Try again').click();
      await page.getByText('fal asked just now').waitFor();
    }));

  it('the state: it says so, and reads it again when asked', () =>
    inWindow(
      {
        options: {
          failures: {
            'profiles.list': { code: 'state_corrupt', message: 'The state can’t be read.', hint: '' },
          },
        },
      },
      async (page) => {
        await page.getByRole('alert').getByText('The state can’t be read.').waitFor();
        await page.evaluate(() => window.fake.fail('profiles.list', null));
        await button(page, 'Try again').click();
        await button(page, 'staging').waitFor();
      },
    ));
});
