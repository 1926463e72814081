import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { newMachine, vaultPassphrase } from '../../integration/cli/machine.ts';
import { launchChromium } from './chromium.ts';

const machine = newMachine({ vault: 'file', signedIn: ['ada'] });
const pictures = join(import.meta.dirname, '../../../test-results/web');
let browser: Browser;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('a locked vault is said over every screen, and opens in the window by its passphrase', async () => {
  await machine().varvel('keys', 'create', 'pictures', '--account', 'ada', '--profile', 'studio');
  const program = machine().start({ env: { VARVEL_PASSPHRASE: undefined } }, 'web', '--no-browser');
  onTestFinished(() => void program.process.kill());
  const [url] = await program.says(/http:\S+/);
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  await page.getByText('The passphrase vault is locked.').waitFor();
  await page.screenshot({ path: join(pictures, 'locked.png') });

  const passphrase = page.getByLabel(/passphrase/i).first();
  await passphrase.fill('not this one');
  await passphrase.press('Enter');
  await page
    .getByText(/passphrase/i)
    .filter({ hasText: /wrong passphrase/i })
    .first()
    .waitFor();
  await page.screenshot({ path: join(pictures, 'wrong-passphrase.png') });
  await passphrase.fill(vaultPassphrase);
  await passphrase.press('Enter');
  await page.getByText('The passphrase vault is locked.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Test studio' }).click();
  await page.getByText('Valid').first().waitFor();
  await page.screenshot({ path: join(pictures, 'unlocked.png') });

  // quitting from the window ends the program
  await page.evaluate(() => window.varvel?.call('app.quit', null));
  expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
  await page.close();
}, 120_000);
