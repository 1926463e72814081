import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { newMachine, vaultPassphrase } from '../../integration/cli/machine.ts';
import { launchChromium } from './chromium.ts';

const machine = newMachine({ vault: 'new file' });
const pictures = join(import.meta.dirname, '../../../test-results/web');
let browser: Browser;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launchChromium();
});
afterAll(() => browser.close());

const secret = 'fedcba98'.repeat(4);
const keyOf = (digit: string): string => `${digit.repeat(8)}-1111-4111-8111-111111111111`;
const config = (): string =>
  [
    '# what I pay for',
    '[__internal__]',
    'profile = "work" # the paid one',
    '',
    '[work]',
    `key = "${keyOf('1')}:${secret}"`,
    '',
    '["demo été"]',
    `key = "${keyOf('2')}:${secret}"`,
    '',
  ].join('\n');

it('a first run takes fal’s CLI over; a shell and that CLI follow from the window on, and both can be taken back', async () => {
  const home = machine().env.HOME ?? '';
  const [bashrc, zshrc, toml] = [join(home, '.bashrc'), join(home, '.zshrc'), join(home, '.fal/config.toml')];
  mkdirSync(join(home, '.fal'), { mode: 0o700 });
  writeFileSync(toml, config(), { mode: 0o600 });
  writeFileSync(bashrc, '# mine\n');
  writeFileSync(zshrc, `export FAL_KEY=${keyOf('9')}:${secret}\n`);
  const env = { VARVEL_PASSPHRASE: undefined, FAL_KEY: `${keyOf('9')}:${secret}` };
  const program = machine().start({ env }, 'web', '--no-browser');
  onTestFinished(() => void program.process.kill());
  const [url] = await program.says(/http:\S+/);
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  page.setDefaultTimeout(20_000);
  const answers: Promise<string>[] = [];
  page.on('response', (response) => answers.push(response.text().catch(() => '')));
  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const dialog = page.getByRole('dialog');
  await page.goto(url);

  // the vault is new
  await page.getByText('Nobody can recover it').waitFor();
  await page.getByLabel('New passphrase').fill(vaultPassphrase);
  await page.getByLabel('Repeat passphrase').fill(vaultPassphrase);
  await button('Set up vault').click();
  await page.getByLabel('New passphrase').waitFor({ state: 'detached' });

  await button('Import profiles…').click();
  await dialog.getByText('Will be imported as demo-ete.').waitFor();
  await button('Import 2 profiles').click();
  await button('Show profiles').click();
  await page.getByRole('button', { name: 'work', exact: true }).click();
  await page.getByRole('complementary').getByRole('button', { name: 'Use', exact: true }).click();
  await button(/^Current profile: work/).waitFor();

  const goTo = (screen: RegExp) => page.getByRole('navigation').getByRole('button', { name: screen }).click();
  await goTo(/^Active key/);
  await page.getByText('FAL_KEY in this shell overrides work').waitFor();
  await goTo(/^Settings/);
  await page.getByText('FAL_KEY is set in 1 place.').waitFor();
  await page.getByText(/^~\/\.zshrc, line 1/).waitFor();
  await button('Add hook to bash…').click();
  await dialog.getByText(/varvel hook bash/).waitFor();
  expect(readFileSync(bashrc, 'utf8')).toBe('# mine\n');
  await button('Add hook').click();
  await page.getByRole('region', { name: 'Status' }).getByText('1 shell synced').waitFor();
  expect(readFileSync(bashrc, 'utf8')).toMatch(/^# mine\n.*varvel hook bash.*\n$/);

  await page.getByRole('radio', { name: /^Profile and key/ }).click();
  await dialog.getByText('The file is plain text.').waitFor();
  await button('Turn on sync').click();
  await page.getByRole('region', { name: 'Status' }).getByText('fal CLI synced').waitFor();
  await page.screenshot({ path: join(pictures, 'in-step.png') });
  expect(await machine().varvel('switch', 'demo-ete')).toMatchObject({ code: 0 });
  await button(/^Current profile: demo-ete/).waitFor();
  const expected = config().replace('profile = "work"', 'profile = "demo-ete"');
  await expect
    .poll(() => readFileSync(toml, 'utf8'))
    .toBe(`${expected}\n[demo-ete]\nkey = "${keyOf('2')}:${secret}"\n`);
  await page.getByRole('region', { name: 'Status' }).getByText('fal CLI synced').waitFor();

  await button('Undo change…').click();
  await dialog.getByText('added: profile = "work" # the paid one').waitFor();
  await page.screenshot({ path: join(pictures, 'undo.png') });
  await button('Undo change').click();
  await expect.poll(() => readFileSync(toml, 'utf8')).toBe(config());
  await button('Remove hook from bash…').click();
  await button('Remove hook').click();
  await button('Add hook to bash…').waitFor();
  expect(readFileSync(bashrc, 'utf8')).toBe('# mine\n');

  writeFileSync(toml, '[work\n');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.getByRole('alert').getByText('is not valid TOML').waitFor();
  expect(await button('Apply now…').count()).toBe(0);

  const told = (await Promise.all(answers)).join('\n');
  expect(told).toContain(keyOf('2'));
  expect(told).not.toContain(secret);
  await page.close();
}, 600_000);
