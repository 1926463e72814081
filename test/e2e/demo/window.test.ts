import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../integration/cli/program.ts';
import { launchChromium } from '../web/chromium.ts';
import { type Demo, expectNothingLeft, patience, processesWith, startDemo } from './demo.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const linkOf = async (demo: Demo): Promise<string> => {
  const [link] = await demo.program.says(/http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{43}/);
  return link;
};

describe.runIf(process.platform === 'linux')('npm run demo', () => {
  it(
    'shows a window with something to look at, in which one can sign in, and quitting it clears everything away',
    async () => {
      await using demo = await startDemo([]);
      const link = await linkOf(demo);
      const folder = await demo.folder();
      expect(demo.program.said().stdout).toBe(`${link}\n`);
      expect(demo.program.said().stderr).toContain('There is no display for the desktop program');
      expect(demo.program.said().stderr).toMatch(
        /GitHub: Ada Lovelace · Google: .*Grace Hopper · SSO: .*example\.com/,
      );
      expect((await processesWith(folder)).length).toBeGreaterThan(1);

      const context = await browser.newContext();
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await page.goto(link);
      const rows = page.locator('[data-main]');
      await rows.filter({ hasText: 'falconers-production' }).waitFor();
      expect(await rows.count()).toBe(12);
      for (const verdict of ['Valid', 'Locked', 'Invalid', 'Rate limited', 'Server error', 'No key'])
        expect(await page.getByText(verdict, { exact: true }).count(), verdict).toBeGreaterThan(0);

      // on a machine without a screen the sandbox's page is a link in the window
      await page.keyboard.press('ControlOrMeta+3');
      await page.getByRole('button', { name: 'Sign in…', exact: true }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Sign in with Google/ })
        .click();
      const opened = context.waitForEvent('page');
      await page.getByRole('link', { name: 'Open page' }).click();
      const tab = await opened;
      await tab.locator('button[data-person="ada"]').click();
      await page.getByText('Signed in as Ada Lovelace with Google.').waitFor();
      await tab.close();

      // the file that the demo names makes another terminal one of its own
      const shell = await run('/bin/sh', ['-c', `. ${folder}/shell && varvel switch client-kestrel`], {
        env: {},
      });
      expect(shell).toMatchObject({ code: 0 });
      await page.getByRole('button', { name: /^Current profile: client-kestrel/ }).waitFor();

      await page.keyboard.press('ControlOrMeta+K');
      await page.keyboard.type('Quit Varvel');
      await page.keyboard.press('Enter');
      expect(await demo.program.ended).toMatchObject({ code: 0, stdout: `${link}\n` });
      await page.getByText('Varvel is no longer running.').first().waitFor();
      await context.close();
      await expectNothingLeft(demo, folder);
    },
    patience * 3,
  );

  it(
    'fills the home with files that hold a key, one of them an old one',
    async () => {
      await using demo = await startDemo(['--vault', 'file', '--headless']);
      await linkOf(demo);
      const folder = await demo.folder();
      const shell = (line: string) =>
        run('/bin/sh', ['-c', `. ${folder}/shell && cd && ${line}`], { env: {} });
      const kestrel = await shell('varvel keys show kestrel');
      expect(kestrel.stdout).toMatch(/kestrel-site\/\.env .*, up to date$/m);
      const old = await shell('varvel keys show render-farm');
      expect(old.stdout).toMatch(/render-farm\/\.env .*, outdated: old key$/m);
      const pinned = await shell('cd projects/kestrel-site && varvel which --json');
      expect(JSON.parse(pinned.stdout)).toMatchObject({ winner: { profile: 'client-kestrel' } });
      const falcli = await shell('varvel falcli status');
      expect(falcli.stdout).toMatch(/notebook/);
      demo.program.process.kill('SIGHUP');
      expect(await demo.program.ended).toMatchObject({ code: 0 });
      await expectNothingLeft(demo, folder);
    },
    patience * 3,
  );

  it(
    'clears everything away when it is ended while it still fills the home',
    async () => {
      await using demo = await startDemo(['--vault', 'file']);
      await demo.program.says(/Setting up/);
      const folder = await demo.folder();
      await expect
        .poll(async () => (await processesWith(folder)).length, { timeout: patience })
        .toBeGreaterThan(1);
      demo.program.process.kill('SIGINT');
      expect(await demo.program.ended).toMatchObject({ code: 0, stdout: '' });
      await expectNothingLeft(demo, folder);
    },
    patience * 2,
  );

  it(
    'opens the link in the person’s own browser, in the person’s own home',
    async () => {
      const own = await mkdtemp(join(tmpdir(), 'varvel-own-'));
      onTestFinished(() => rm(own, { recursive: true, force: true }));
      const browser = join(own, 'browser');
      await writeFile(browser, '#!/bin/sh\nprintf "%s\\n" "$HOME" "$1" "$VARVEL_HOME" > "$HOME/opened"\n');
      await chmod(browser, 0o755);
      await using demo = await startDemo(['--vault', 'file'], { env: { HOME: own, BROWSER: browser } });
      const url = await linkOf(demo);
      const opened = () => readFile(join(own, 'opened'), 'utf8').catch(() => '');
      await expect.poll(opened, { timeout: patience }).toBe(`${own}\n${url}\n\n`);
      demo.program.process.kill('SIGTERM');
      expect(await demo.program.ended).toMatchObject({ code: 0 });
    },
    patience * 2,
  );

  it('says what it does not know', async () => {
    for (const [args, said] of [
      [['--vault', 'safe'], '“safe” is not a vault. Use keychain or file.'],
      [['--port', '0'], '“0” is not a valid port. Use a number from 1 to 65534.'],
      [['--widnow'], "Unknown option '--widnow'"],
    ] as const) {
      await using demo = await startDemo([...args]);
      const { code, stderr } = await demo.program.ended;
      expect(code).toBe(2);
      expect(stderr).toContain(said);
    }
  });
});
