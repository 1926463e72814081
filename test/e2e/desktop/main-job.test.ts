import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { vaultPassphrase } from '../../integration/cli/machine.ts';
import { formsOf, formsOfKey, found } from '../../integration/promises/canary.ts';
import { keysOf } from '../../integration/sandbox/running.ts';
import { button, mainJob, openRow } from '../main-job.ts';
import { launchChromium } from '../web/chromium.ts';
import { newDesk, shownPage, soon, trayLabels } from './desk.ts';

const desk = newDesk();
const { machine, open, opened } = desk;
const pictures = join(import.meta.dirname, '../../../test-results/desktop');

test('a whole main job on the desktop program, and the tray follows it', async () => {
  mkdirSync(pictures, { recursive: true });
  const system = await launchChromium();
  onTestFinished(() => system.close());
  const desktop = open();
  const page = await shownPage(desktop);
  page.setDefaultTimeout(15_000);

  let visited = 0;
  /** In the system's browser, where the program has sent the person. */
  async function signInAs(person: string): Promise<void> {
    await expect.poll(() => opened().length, soon).toBe(visited + 1);
    const tab = await system.newPage();
    await tab.goto(opened()[visited] ?? '');
    visited += 1;
    await tab.locator(`button[data-person="${person}"]`).click();
    await tab.waitForLoadState();
    await tab.close();
  }
  const shoot = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });
  await mainJob({ page, machine: machine(), signInAs, shoot });

  const tray = async () => (await trayLabels(desk, desktop)).join('\n');
  await expect.poll(tray, soon).toMatch(/^✓ studio-admin/m);
  await machine().varvel('switch', 'studio-api');
  await expect.poll(tray, soon).toMatch(/^✓ studio-api/m);

  // no secret has come to the window until now, and then the one that was asked for
  const keys = await keysOf(machine().sandbox);
  const forms = [
    ...keys.flatMap(({ key, alias }) => formsOfKey(alias, key)),
    ...formsOf('the passphrase', vaultPassphrase),
  ];
  const secrets = async () =>
    (await desktop.seen()).ipc.flatMap(({ direction, text }) =>
      found(Buffer.from(text), forms).map((secret) => `${direction}: ${secret}`),
    );
  expect((await desktop.seen()).ipc.length).toBeGreaterThan(50);
  expect(await secrets()).toEqual([]);
  await button(page.getByRole('navigation', { name: 'Varvel' }), /^Keys/).click();
  await openRow(page, 'studio-api');
  await button(page, 'Reveal…').click();
  await button(page.getByRole('dialog'), /^Reveal/).click();
  const secret = keys.find(({ alias }) => alias === 'studio-api')?.key ?? '';
  await page.getByText(secret).waitFor();
  expect(new Set(await secrets()).size).toBeGreaterThan(0);
  expect((await secrets()).every((place) => place.startsWith('out:'))).toBe(true);
}, 600_000);
