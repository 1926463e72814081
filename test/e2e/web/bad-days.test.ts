import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openState } from '../../../platform/state/open-state.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';
import { type Machine, makeMachine } from '../../integration/cli/machine.ts';
import { startKeyring } from '../../integration/keyring.ts';
import { launchChromium } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const patience = 120_000;

interface Given {
  machine: Machine;
  sandbox: Sandbox;
  /** Opens one more window, in a browser of its own, on a program of its own. */
  open(): Promise<Page>;
}

/** A person's machine and a fal that only it has, so that it can go away. */
async function given(
  keyring: Awaited<ReturnType<typeof startKeyring>> | null,
  work: (given: Given) => Promise<void>,
) {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  await using machine = await makeMachine(sandbox, keyring);
  const programs: (() => Promise<unknown>)[] = [];
  const open = async (): Promise<Page> => {
    const program = machine.start({}, 'web', '--no-browser');
    programs.push(() => {
      program.process.kill('SIGTERM');
      return program.ended;
    });
    const [url] = await program.says(/http:\S+/);
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(url);
    return page;
  };
  try {
    await work({ machine, sandbox, open });
  } finally {
    await Promise.all(programs.map((end) => end()));
  }
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });

/** Follows the link that the window shows, to fal's page in a tab. */
async function falsPage(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Open page' }).click();
  return opened;
}

async function choose(tab: Page, person: string): Promise<void> {
  await tab.locator(`button[data-person="${person}"]`).click();
  await tab.waitForLoadState();
  await tab.close();
}

describe('signing in', () => {
  it(
    'with the page closed instead: the window waits, opens it again, and can be told to give up',
    () =>
      given(null, async ({ open }) => {
        const page = await open();
        await button(page, /Sign in with GitHub/).click();
        await (await falsPage(page)).close();
        await page.getByText('Closed the page?').waitFor();
        const again = await falsPage(page);
        await again.getByText('Sign in with GitHub').waitFor();
        await again.close();
        await button(page, 'Cancel').click();
        await page.getByText('Sign-in cancelled. Nothing changed.').waitFor();
        await button(page, /Sign in with Google/).click();
        await choose(await falsPage(page), 'grace');
        await page.getByText('Signed in as Grace Hopper with Google.').waitFor();
      }),
    patience,
  );

  it(
    'refused on fal’s page says so, and what to do',
    () =>
      given(null, async ({ open }) => {
        const page = await open();
        await button(page, /Sign in with GitHub/).click();
        const tab = await falsPage(page);
        await tab.getByRole('button', { name: 'Cancel' }).click();
        await page
          .getByRole('alert')
          .getByText(/refused|denied|declined/)
          .waitFor();
        await button(page, /Sign in with GitHub/).waitFor();
      }),
    patience,
  );

  it(
    'in two windows at once: each ends with its own person, and both show both',
    () =>
      given(null, async ({ open }) => {
        const [one, other] = [await open(), await open()];
        await button(one, /Sign in with GitHub/).click();
        await button(other, /Sign in with Google/).click();
        const [ada, grace] = [await falsPage(one), await falsPage(other)];
        await choose(grace, 'grace');
        await other.getByText('Signed in as Grace Hopper with Google.').waitFor();
        await choose(ada, 'ada');
        await one.getByText('Signed in as Ada Lovelace with GitHub.').waitFor();
        for (const page of [one, other]) {
          await page.getByText('ada@example.com · GitHub · Signed in').waitFor();
          await page.getByText('grace@example.org · Google · Signed in').waitFor();
        }
      }),
    patience,
  );

  it(
    'while fal goes away: the window says so, and the next attempt too',
    () =>
      given(null, async ({ sandbox, open }) => {
        const page = await open();
        await button(page, /Sign in with GitHub/).click();
        await page.getByLabel('Code', { exact: true }).waitFor();
        await sandbox.close();
        const said = page.getByRole('alert').getByText(/Nothing is running at|Can’t reach/);
        await said.first().waitFor();
        await button(page, /Sign in with Google/).click();
        await said.first().waitFor();
        await button(page, /Sign in with Google/).waitFor();
      }),
    patience,
  );
});

it(
  'fal goes away in the middle of a test: the verdict says unreachable, and what to do',
  () =>
    given(null, async ({ machine, sandbox, open }) => {
      await machine.signIn('ada', 'github');
      await machine.varvel('keys', 'create', 'pictures', '--account', 'ada', '--profile', 'studio');
      const page = await open();
      await machine.control('faults', { target: 'rest', kind: 'slow', delay_ms: 60_000 });
      await button(page, 'Test studio').click();
      await page.getByText('Testing…').first().waitFor();
      await sandbox.close();
      await page.getByText('Unreachable', { exact: true }).first().waitFor();
      await button(page, 'studio').click();
      await page
        .getByText(/Check your network|Check the network|Try again/)
        .first()
        .waitFor();
    }),
  patience,
);

it(
  'a keychain that locks while the window is open is said at the first use, and forgotten when it is open again',
  async () => {
    await using keyring = await startKeyring();
    await given(keyring, async ({ machine, open }) => {
      await machine.signIn('ada', 'github');
      await machine.varvel('keys', 'create', 'pictures', '--account', 'ada', '--profile', 'studio');
      const page = await open();
      await button(page, 'Test studio').waitFor();
      await keyring.lock();
      await button(page, 'Test studio').click();
      const banner = page.getByRole('region', { name: 'Vault' });
      await banner.getByText(/keychain is locked/i).waitFor();
      await keyring.unlock();
      await banner.getByRole('button', { name: 'Try again' }).click();
      await banner.waitFor({ state: 'detached' });
      await button(page, 'Test studio').click();
      await page.getByText('Valid', { exact: true }).first().waitFor();
    });
  },
  patience,
);

it(
  'ten thousand profiles with long names and notes full of markup: shown as they are, found, and switched to',
  () =>
    given(null, async ({ machine, open }) => {
      await machine.varvel('profiles', 'list');
      const state = openState(machine.data);
      const name = (index: number) => `p${String(index).padStart(5, '0')}-${'x'.repeat(57)}`;
      const note = '<img src=x onerror="document.title=1"><script>document.title=2</script>{{7*7}} "\'&amp;';
      state.transaction(() => {
        for (let index = 0; index < 10_000; index += 1)
          state.profiles.put({
            name: name(index),
            account: null,
            keyId: null,
            host: null,
            color: 'brass',
            note: `${note} ${index}`,
          });
      });
      state.close();
      const page = await open();
      await page.getByText(`${note} 0`, { exact: true }).waitFor();
      expect(await page.locator('main img, main script').count()).toBe(0);
      expect(await page.title()).toBe('Varvel');
      expect(await page.locator('.list-row').count()).toBeLessThan(60);
      await page.getByLabel('Filter profiles').fill('p09876');
      await button(page, `Use ${name(9876)}`).click();
      // it has no key
      await button(page, 'Switch anyway').click();
      await button(page, new RegExp(`^Current profile: ${name(9876)}`)).waitFor();
      await expect.poll(async () => (await machine.varvel('current')).stdout.trim()).toBe(name(9876));
      await page.keyboard.press('ControlOrMeta+p');
      await page.keyboard.type('p00042');
      await page.getByRole('option', { name: new RegExp(name(42)) }).waitFor();
      await page.keyboard.press('Enter');
      await button(page, 'Switch anyway').click();
      await button(page, new RegExp(`^Current profile: ${name(42)}`)).waitFor();
    }),
  patience,
);
