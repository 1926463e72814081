import { expect, it } from 'vitest';
import { button, goTo, unreachable, withWindows } from './in-window.ts';
import type { Program } from './program/program.ts';

const inWindow = withWindows();

const endSession = async ({ tell }: Program): Promise<void> => {
  await tell('expire', { person: 'ada', what: 'access' });
  await tell('expire', { person: 'ada', what: 'refresh' });
};

it('that fal can’t be reached is no longer said once fal has answered', () =>
  inWindow({ options: { failures: { 'keys.refresh': unreachable } } }, async (page, program) => {
    await goTo(page, /^Keys/);
    const note = page.getByText('Can’t reach fal.');
    await note.waitFor();
    program.fail('keys.refresh', null);
    await goTo(page, /^Profiles/);
    await button(page, 'Test staging').click();
    await page.locator('.list-row', { hasText: 'staging' }).getByText('now', { exact: true }).waitFor();
    await goTo(page, /^Keys/);
    await page.locator('.list-row').getByText('Only at fal').first().waitFor();
    expect(await note.count()).toBe(0);
  }));

it('keys of a session that has ended stay, as old ones, and it is said whose they are', () =>
  inWindow({}, async (page, program) => {
    await goTo(page, /^Keys/);
    await page.locator('.list-row').getByText('Only at fal').first().waitFor();
    const rows = () => page.locator('.list-row').count();
    const before = await rows();
    await endSession(program);
    await button(page, 'Refresh keys').click();
    await page.getByText('ada: Not refreshed, because the session of ada@example.com has ended.').waitFor();
    expect(await rows()).toBe(before);
    await page.locator('.list-row.stale', { hasText: 'ada' }).first().waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Sign in…' }).click();
    await page.getByRole('dialog').getByText('Used for this identity').waitFor();
  }));

it('the number of keys in the navigation stays the same when fal’s keys come', () =>
  inWindow({}, async (page) => {
    const item = page.getByRole('navigation').getByRole('button', { name: /^Keys/ });
    await expect.poll(() => item.textContent()).toBe('Keys7');
    await item.click();
    await page.locator('.list-row').getByText('Only at fal').first().waitFor();
    expect(await item.textContent()).toBe('Keys7');
  }));

it('“Sign in again” offers the method of that identity first', () =>
  inWindow({}, async (page, program) => {
    await endSession(program);
    await program.elsewhere(({ accounts }) => accounts.refresh().catch(() => undefined));
    await goTo(page, /^Accounts/);
    await button(page, 'Sign in again…').click();
    const first = page
      .getByRole('dialog')
      .getByRole('button', { name: /^Sign in with/ })
      .first();
    expect(await first.textContent()).toBe('Sign in with GitHubUsed for this identity');
  }));
