import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { newMachine, vaultPassphrase } from '../../integration/cli/machine.ts';
import { formsOf, formsOfKey, found } from '../../integration/promises/canary.ts';
import { keysOf } from '../../integration/sandbox/running.ts';
import { launchChromium } from './chromium.ts';
import { recordTraffic } from './traffic.ts';

const machine = newMachine({ vault: 'file' });
const pictures = join(import.meta.dirname, '../../../test-results/web');
let browser: Browser;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launchChromium();
});
afterAll(() => browser.close());

const button = (place: Page | Locator, name: string | RegExp): Locator =>
  place.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });

/** Goes through fal's pages in a tab of their own, by the address that the window shows. */
async function signInAs(context: BrowserContext, page: Page, person: string): Promise<void> {
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open the page' }).click();
  const tab = await opened;
  await tab.locator(`button[data-person="${person}"]`).click();
  await tab.waitForLoadState();
  await tab.close();
}

it('a whole main job, by somebody who sees the window for the first time', async () => {
  const program = machine().start({}, 'web', '--no-browser');
  onTestFinished(() => void program.process.kill());
  const [url] = await program.says(/http:\S+/);
  const { origin } = new URL(url);
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  const traffic = recordTraffic(context, origin);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(error.message));
  const goTo = (screen: string) =>
    button(page.getByRole('navigation', { name: 'Varvel' }), new RegExp(`^${screen}`)).click();
  const openRow = (name: string) => page.locator('[data-main]', { hasText: name }).first().click();
  const shoot = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });

  await page.goto(url);
  await button(page, /Sign in with GitHub/).click();
  await page.getByRole('region', { name: 'Signing in' }).waitFor();
  await shoot('1-signing-in');
  await signInAs(context, page, 'ada');
  await page.getByText('Signed in as Ada Lovelace, by GitHub.').waitFor();
  await shoot('2-signed-in');

  // the other two methods
  await goTo('Accounts');
  await page.getByText('night-shift').waitFor();
  for (const { method, person, said } of [
    { method: 'Google', person: 'grace', said: 'Signed in as Grace Hopper, by Google.' },
    { method: 'SSO', person: 'ada-sso', said: 'Signed in as Ada Lovelace, by SSO' },
  ]) {
    await button(page, 'Sign in…').click();
    const dialog = page.getByRole('dialog');
    await button(dialog, new RegExp(`Sign in with ${method}`)).click();
    if (method === 'SSO') {
      await dialog.getByRole('textbox').fill('example.com');
      await button(dialog, 'Continue').click();
    }
    await signInAs(context, page, person);
    await page.getByText(said).waitFor();
    await dialog.waitFor({ state: 'detached' });
  }
  await shoot('3-accounts');

  await goTo('Keys');
  for (const scope of ['API', 'ADMIN'] as const) {
    await button(page, /^Create a key|^New key|^Create key/)
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill(`studio-${scope.toLowerCase()}`);
    await dialog.getByLabel('Account').selectOption({ label: 'falconers · Team' });
    await dialog.getByRole('radio', { name: scope === 'API' ? /^API/ : /^ADMIN/ }).check();
    await button(dialog, scope === 'API' ? 'Create the key' : 'Create an ADMIN key').click();
    await dialog.getByText('Stored in your').waitFor();
    await shoot(`4-created-${scope}`);
    await button(dialog, 'Make a profile').click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(`studio-${scope.toLowerCase()}`);
    await shoot(`5-new-profile-${scope}`);
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await goTo('Keys');
  }
  await shoot('6-keys');

  await openRow('studio-api');
  await button(page, 'Test').click();
  await page
    .getByText(/Works|valid/i)
    .first()
    .waitFor();
  await shoot('7-tested');
  await button(page, /^Generate a picture/).click();
  await page.getByRole('dialog').getByText('Nothing is made until you confirm').waitFor();
  await shoot('8-price');
  await button(page.getByRole('dialog'), /^Generate ·/).click();
  const picture = page.getByRole('dialog').locator('img');
  await picture.waitFor();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  await shoot('9-generated');
  await button(page.getByRole('dialog'), 'Close').first().click();

  await goTo('Profiles');
  await shoot('10-profiles');
  await button(page, 'Use studio-api').click();
  await expect.poll(async () => (await machine().varvel('current')).stdout.trim()).toBe('studio-api');
  await button(page, 'Use studio-admin').waitFor();
  // and the other way round, within the second that is promised
  await machine().varvel('switch', 'studio-admin');
  await button(page, 'Use studio-api').waitFor({ timeout: 1000 });
  await shoot('10-switched');

  await goTo('Keys');
  await openRow('studio-admin');
  await button(page, /^Revoke at fal/).click();
  await page.getByRole('dialog').getByLabel(/^Type/).fill('studio-admin');
  await shoot('11-revoke');
  await button(page.getByRole('dialog'), 'Revoke').click();
  await page.getByText('Revoked studio-admin.').waitFor();
  await shoot('12-revoked');
  expect((await keysOf(machine().sandbox)).map(({ alias }) => alias)).not.toContain('studio-admin');
  expect(complaints).toEqual([]);

  // no secret has come to the window until now, and then the one that was asked for
  const keys = await keysOf(machine().sandbox);
  const forms = [
    ...keys.flatMap(({ key, alias }) => formsOfKey(alias, key)),
    ...formsOf('the passphrase', vaultPassphrase),
  ];
  const before = await traffic.messages();
  expect(before.length).toBeGreaterThan(50);
  expect(before.filter(({ what }) => what === 'framereceived').length).toBeGreaterThan(5);
  expect(
    before.flatMap(({ what, text }) => found(Buffer.from(text), forms).map((secret) => `${what}: ${secret}`)),
  ).toEqual([]);

  await openRow('studio-api');
  await button(page, 'Reveal…').click();
  await button(page.getByRole('dialog'), /^Reveal/).click();
  const secret = keys.find(({ alias }) => alias === 'studio-api')?.key ?? '';
  await page.getByText(secret).waitFor();
  await shoot('13-revealed');
  const after = await traffic.messages();
  expect(
    after.filter(({ text }) => found(Buffer.from(text), forms).length > 0).map(({ what }) => what),
  ).toEqual([`answer ${origin}/bridge/keys.reveal`]);

  program.process.kill('SIGTERM');
  const { code, stdout, stderr } = await program.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(found(Buffer.from(stdout), forms)).toEqual([]);
  await shoot('14-gone');
  await context.close();
}, 180_000);
