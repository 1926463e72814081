// Updates the README's pictures: the demo's window, in light and dark.
//   npm run pictures
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const pictures = join(root, 'docs', 'pictures');
const browsers = ['/usr/bin/chromium', '/usr/bin/google-chrome'];
const size = { width: 1240, height: 760 };

/** The pictures by name, and the steps to each. */
const shots: Record<string, (page: Page) => Promise<void>> = {
  profiles: async (page) => {
    await page.getByRole('button', { name: 'falconers-render', exact: true }).click();
    await page.getByText('Outdated: old key').waitFor();
    // the price on a button comes a little later
    await page.getByText(/^Generate picture · /).waitFor();
  },
  why: async (page) => {
    await page.getByRole('button', { name: 'grace', exact: true }).click();
    await page.getByRole('button', { name: 'Why?…' }).click();
    await page.getByRole('heading', { name: 'Balance exhausted' }).waitFor();
  },
  keys: async (page) => {
    await goTo(page, 'Keys');
    await page.getByText('Here and at fal').last().waitFor();
  },
  reconcile: async (page) => {
    await page.getByRole('button', { name: 'Reconcile…' }).click();
    await page.getByRole('region', { name: 'Only at fal' }).waitFor();
  },
  accounts: async (page) => {
    await goTo(page, 'Accounts');
    await page.getByText('$412.08').first().waitFor();
  },
  spend: async (page) => {
    await goTo(page, 'Activity');
    await page.getByRole('tab', { name: 'Spend' }).click();
    await page.getByRole('list', { name: 'Spend by key' }).waitFor();
  },
  settings: async (page) => {
    await goTo(page, 'Settings');
    await page.getByText('FAL_KEY is set in 1 place.').waitFor();
  },
  find: async (page) => {
    await goTo(page, 'Keys');
    await page.getByRole('button', { name: 'Find copies…' }).click();
    await page.getByLabel('Folder or file').fill('~');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText(/^Found \d+ cop/).waitFor();
  },
};

async function goTo(page: Page, screen: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByText(screen).first().click();
  await page.mouse.move(0, 0);
}

/** The demo's link. @throws when the demo ends before it */
async function linkOf(demo: ChildProcess): Promise<string> {
  let text = '';
  for await (const part of demo.stdout ?? []) {
    text += String(part);
    const link = text.match(/http:\S+/)?.[0];
    if (link !== undefined) return link;
  }
  throw new Error(`The demo ended without a link: ${text}`);
}

await mkdir(pictures, { recursive: true });
const program = join(root, 'scripts', 'demo.ts');
const demo = spawn(process.execPath, [program, '--headless', '--vault', 'file'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const link = await linkOf(demo);
  const executablePath = browsers.find((path) => existsSync(path));
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: size });
  await page.goto(link);
  for (const [name, lead] of Object.entries(shots)) {
    await lead(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), animations: 'disabled' });
    }
  }
  await browser.close();
} finally {
  const ended = once(demo, 'exit');
  demo.kill('SIGTERM');
  await ended;
}
