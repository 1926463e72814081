import { type Browser, chromium, type Page } from 'playwright-core';
import type { Terminal } from '../terminal.ts';
import type { Visitor } from '../visitor.ts';

/** Time limit for a page, in milliseconds. */
const pageTimeout = 20_000;

/** Opens the real pages in a headless browser and clicks the person's button. */
export function headlessChromium(
  executablePath: string,
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Visitor {
  let started: Promise<Browser> | undefined;
  const browser = (): Promise<Browser> => {
    started ??= chromium.launch({
      executablePath,
      // its settings and caches go to the demo's home
      env: { ...env },
      // the demo closes it
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    return started;
  };
  const say = async (page: Page, what: string) =>
    terminal.event('browser', `“${await page.title()}” ${what}`);

  return {
    introduction: `A headless Chromium (${executablePath}) clicks through the real sign-in pages.`,
    async visit(url, person, name) {
      // separate contexts: these people don't share a browser session
      const context = await (await browser()).newContext();
      context.setDefaultTimeout(pageTimeout);
      const page = await context.newPage();
      await page.goto(url);
      await say(page, `→ click on ${name}`);
      const before = page.url();
      await page.locator(`button[data-person="${person}"]`).click();
      await page.waitForURL((now) => now.href !== before);
      await page.waitForLoadState();
      await say(page, 'is shown');
      await context.close();
    },
    async [Symbol.asyncDispose]() {
      await (await started?.catch(() => undefined))?.close();
    },
  };
}
