import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { newMachine, vaultPassphrase } from '../../integration/cli/machine.ts';
import { formsOf, formsOfKey, found } from '../../integration/promises/canary.ts';
import { keysOf } from '../../integration/sandbox/running.ts';
import { button, mainJob, openRow } from '../main-job.ts';
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

/** Goes through fal's pages in a tab of their own, by the address that the window shows. */
async function signInAs(context: BrowserContext, page: Page, person: string): Promise<void> {
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open page' }).click();
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
  const shoot = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });

  await page.goto(url);
  const signIn = (person: string) => signInAs(context, page, person);
  await mainJob({ page, machine: machine(), signInAs: signIn, shoot });
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

  await openRow(page, 'studio-api');
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
}, 600_000);
