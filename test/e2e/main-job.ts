import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Machine } from '../integration/cli/machine.ts';
import { keysOf } from '../integration/sandbox/running.ts';

/** The window of one face, on an empty home. */
export interface FirstWindow {
  page: Page;
  machine: Machine;
  /** Goes through fal's own page, which a sign-in has opened or shows the way to. */
  signInAs(person: string): Promise<void>;
  shoot(name: string): Promise<unknown>;
}

export const button = (place: Page | Locator, name: string | RegExp): Locator =>
  place.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });

export const goTo = (page: Page, screen: string): Promise<void> =>
  button(page.getByRole('navigation', { name: 'Varvel' }), new RegExp(`^${screen}`)).click();

export const openRow = (page: Page, name: string): Promise<void> =>
  page.locator('[data-main]', { hasText: name }).first().click();

/**
 * A whole main job, by somebody who sees the window for the first time: signs in by each method, creates keys of both scopes
 * and profiles, tests, generates, switches, revokes.
 */
export async function mainJob({ page, machine, signInAs, shoot }: FirstWindow): Promise<void> {
  await button(page, /Sign in with GitHub/).click();
  await page.getByRole('region', { name: 'Signing in' }).waitFor();
  await shoot('1-signing-in');
  await signInAs('ada');
  await page.getByText('Signed in as Ada Lovelace with GitHub.').waitFor();
  await shoot('2-signed-in');

  // the other two methods
  await goTo(page, 'Accounts');
  await page.getByText('night-shift').waitFor();
  for (const { method, person, said } of [
    { method: 'Google', person: 'grace', said: 'Signed in as Grace Hopper with Google.' },
    { method: 'SSO', person: 'ada-sso', said: 'Signed in as Ada Lovelace with SSO' },
  ]) {
    await button(page, 'Sign in…').click();
    const dialog = page.getByRole('dialog');
    await button(dialog, new RegExp(`Sign in with ${method}`)).click();
    if (method === 'SSO') {
      await dialog.getByRole('textbox').fill('example.com');
      await button(dialog, 'Continue').click();
    }
    await signInAs(person);
    await page.getByText(said).waitFor();
    await dialog.waitFor({ state: 'detached' });
  }
  await shoot('3-accounts');

  await goTo(page, 'Keys');
  for (const scope of ['API', 'ADMIN'] as const) {
    await button(page, /^Create key/)
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill(`studio-${scope.toLowerCase()}`);
    await dialog.getByLabel('Account').selectOption({ label: 'falconers · Team' });
    await dialog.getByRole('radio', { name: scope === 'API' ? /^API/ : /^ADMIN/ }).check();
    await button(dialog, scope === 'API' ? 'Create key' : 'Create ADMIN key').click();
    await dialog.getByText('Stored in your').waitFor();
    await shoot(`4-created-${scope}`);
    await button(dialog, 'Create profile').click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(`studio-${scope.toLowerCase()}`);
    await shoot(`5-new-profile-${scope}`);
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await goTo(page, 'Keys');
  }
  await shoot('6-keys');

  await openRow(page, 'studio-api');
  await button(page, 'Test').click();
  await page
    .getByText(/Jobs|valid/i)
    .first()
    .waitFor();
  await shoot('7-tested');
  await button(page, /^Generate picture/).click();
  await page.getByRole('dialog').getByText('Nothing is generated until you confirm').waitFor();
  await shoot('8-price');
  await button(page.getByRole('dialog'), /^Generate ·/).click();
  const picture = page.getByRole('dialog').locator('img');
  await picture.waitFor();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  await shoot('9-generated');
  await button(page.getByRole('dialog'), 'Close').first().click();

  await goTo(page, 'Profiles');
  await shoot('10-profiles');
  await button(page, 'Use studio-api').click();
  await expect.poll(async () => (await machine.varvel('current')).stdout.trim()).toBe('studio-api');
  await button(page, 'Use studio-admin').waitFor();
  // and the other way round, by itself
  await machine.varvel('switch', 'studio-admin');
  await button(page, 'Use studio-api').waitFor();
  await shoot('10-switched');

  await goTo(page, 'Keys');
  await openRow(page, 'studio-admin');
  await button(page, /^Revoke key/).click();
  await page.getByRole('dialog').getByLabel(/^Type/).fill('studio-admin');
  await shoot('11-revoke');
  await button(page.getByRole('dialog'), 'Revoke key').click();
  await page.getByText('Revoked studio-admin.').waitFor();
  await shoot('12-revoked');
  expect((await keysOf(machine.sandbox)).map(({ alias }) => alias)).not.toContain('studio-admin');
}
