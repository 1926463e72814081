import { describe, it } from 'vitest';
import { button, goTo, unreachable, withWindows } from './in-window.ts';

const inWindow = withWindows();

describe('signing in', () => {
  const quick = { firstRun: true, environment: 'fal', signInAfter: 300 };

  it('can be cancelled, and begun again', () =>
    inWindow({ options: { firstRun: true, environment: 'fal' } }, async (page) => {
      await button(page, 'Sign in with Google').click();
      await page.getByLabel('Code', { exact: true }).waitFor();
      await button(page, 'Cancel').click();
      await page.getByText('The sign-in was cancelled.').waitFor();
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
      await page.getByText('Type your company’s domain').waitFor();
      await page.getByLabel('SSO domain').fill('Example.com');
      await page.keyboard.press('Enter');
      await page.getByText('For fal these are two users').waitFor();
      await page.getByText('SSO, example.com').first().waitFor();
    }));
});
