import { expect, it } from 'vitest';
import { button, goTo, withWindows } from './in-window.ts';

const inWindow = withWindows();

it('Doctor lists what works and what doesn’t, and offers to fix it', () =>
  inWindow({ options: { variables: { VARVEL_PROFILE: 'staging' } } }, async (page, { elsewhere }) => {
    await goTo(page, /^Doctor/);
    const main = page.getByRole('main', { name: 'Doctor' });
    await main.getByText('Everything works. 3 notes.').waitFor();
    const checks = main.getByRole('list', { name: 'Checks' });
    await checks
      .getByText(/answered in \d+ ms/)
      .first()
      .waitFor();
    await checks.getByText('VARVEL_PROFILE is set to staging.').waitFor();
    await elsewhere(async ({ identities }) => {
      for (const identity of identities.all()) await identities.signOut(identity);
    });
    await button(page, 'Check again').click();
    await checks.getByText('Nobody is signed in.').waitFor();
    await checks.getByRole('button', { name: 'Sign in…' }).click();
    await page.getByRole('dialog').waitFor();
  }));

it('its report names nobody, and can be copied', () =>
  inWindow({ options: { variables: { VARVEL_PROFILE: 'staging' } } }, async (page, { machine }) => {
    await goTo(page, /^Doctor/);
    await page.getByText('Report to share').click();
    const report = await page.locator('pre').textContent();
    expect(report).toMatch(/^ok: program: Varvel \d/);
    expect(report).toContain('VARVEL_PROFILE is set to ***.');
    for (const name of ['staging', 'ada@example.com', machine.home]) expect(report).not.toContain(name);
    await button(page, 'Copy report').click();
    await button(page, 'Copied').waitFor();
  }));
