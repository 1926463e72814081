import { describe, expect, it } from 'vitest';
import { button, goTo, unreachable, withWindows } from './in-window.ts';

const inWindow = withWindows();

describe('signing in', () => {
  const quick = { firstRun: true, signInAfter: 300 };

  it('can be cancelled, and begun again', () =>
    inWindow({ options: { firstRun: true } }, async (page) => {
      await button(page, 'Sign in with Google').click();
      await page.getByLabel('Code', { exact: true }).waitFor();
      await button(page, 'Cancel').click();
      await page.getByText('Sign-in cancelled.').waitFor();
      await button(page, 'Sign in with GitHub').click();
      await page.getByLabel('Code', { exact: true }).waitFor();
    }));

  it('that fal refuses says why', () =>
    inWindow({ options: { ...quick, failures: { 'identities.signIn': unreachable } } }, async (page) => {
      await button(page, 'Sign in with GitHub').click();
      await page.getByRole('alert').getByText('fal can’t be reached.').waitFor();
    }));

  it('by SSO warns that it is another user with the same e-mail', () =>
    inWindow({ options: { signInAfter: 200 } }, async (page) => {
      await goTo(page, /^Accounts/);
      await button(page, 'Sign in…').click();
      await button(page, 'Sign in with SSO').click();
      await page.getByLabel('SSO domain').fill('not a domain');
      await page.keyboard.press('Enter');
      await page.getByText('Enter your company’s domain').waitFor();
      await page.getByLabel('SSO domain').fill('Example.com');
      await page.keyboard.press('Enter');
      await page.getByText('For fal, these are two users').waitFor();
      await page.getByText('SSO (example.com)').first().waitFor();
    }));

  it('again opens its dialog, and it stays, also while the sign-in before it comes to its end', () =>
    inWindow({ options: quick }, async (page, { delay }) => {
      delay('identities.signIn', 1000);
      await button(page, 'Sign in with GitHub').click();
      await goTo(page, /^Accounts/);
      await button(page, 'Sign in…').click();
      await page.getByRole('dialog', { name: 'Sign in to fal' }).waitFor();
      await page.getByText('Signed in as Ada Lovelace').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Sign in with Google' }).click();
      await page.getByText('Signed in as Ada Lovelace with Google').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }));

  it('sweeps nothing away that was begun meanwhile', () =>
    inWindow({ options: { signInAfter: 1500 } }, async (page, { elsewhere }) => {
      await elsewhere(({ identities }) => identities.signOut(identities.find('sandbox|ada')));
      await goTo(page, /^Accounts/);
      await button(page, /^Sign in with GitHub/).click();
      await goTo(page, /^Profiles/);
      await button(page, 'Create profile').click();
      await page.getByRole('textbox', { name: 'Name' }).fill('half-typed');
      await page.getByText('Signed in as Ada Lovelace').waitFor();
      await page.getByRole('heading', { name: 'Profiles' }).waitFor();
      expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('half-typed');
    }));

  it('has the method used last on top the next time', () =>
    inWindow({ options: quick }, async (page) => {
      await button(page, 'Sign in with Google').click();
      await page.getByText('Signed in as Ada Lovelace with Google').waitFor();
      await button(page, 'Sign in…').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Sign in with Google Last used' }).waitFor();
    }));
});
