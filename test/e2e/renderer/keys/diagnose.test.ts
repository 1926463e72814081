import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { formsOfKey, found } from '../../../integration/promises/canary.ts';
import { keysOf } from '../../../integration/sandbox/running.ts';
import { button, cutOff, inputsOf, withWindows } from '../in-window.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const lock = ({ tell }: Program, pattern: string) => tell('lock', { account: 'falconers', pattern });
const why = (page: Page) => page.getByRole('dialog', { name: /^Why is staging refused/ });

/** Tests staging's key and opens why it is refused, from its pane. */
async function openWhy(page: Page): Promise<void> {
  await button(page, 'staging').click();
  await page.getByRole('complementary').getByRole('button', { name: 'Test', exact: true }).click();
  await button(page, 'Why?…').click();
}

it('a locked key’s pane says why, what to do and who can, leads to fal’s billing, and tests again', () =>
  inWindow({}, async (page, program) => {
    await lock(program, 'contradictory_balances');
    await openWhy(page);
    await why(page)
      .getByRole('heading', { name: /two balances contradict/ })
      .waitFor();
    await why(page).getByText('Only fal’s support.').waitFor();
    await why(page)
      .getByText(/-\$0\.18 by billing\/user_balance, \$10\.00 by account\/billing/)
      .waitFor();
    await why(page).getByRole('button', { name: 'Open fal billing' }).click();
    await expect.poll(() => inputsOf(program, 'app.openPage')).toEqual([{ page: 'billing' }]);
    await program.tell('unlock', { account: 'falconers' });
    await button(page, 'Test again').click();
    await why(page).getByRole('heading', { name: 'Works now' }).waitFor();
    await why(page).getByRole('button', { name: 'Watch' }).waitFor({ state: 'detached' });
  }));

it('a watch is begun and ended there, and tells when the key works again', () =>
  inWindow({}, async (page, program) => {
    await lock(program, 'exhausted_balance');
    await openWhy(page);
    await button(page, 'Watch').click();
    await why(page)
      .getByText(/ 1 check, the last one just now/)
      .waitFor();
    await button(page, 'Stop watching').click();
    await button(page, 'Watch').click();
    await why(page)
      .getByText(/^Watching until \d\d:\d\d/)
      .waitFor();
    await program.tell('unlock', { account: 'falconers' });
    await page.getByText('build-bots works again. fal takes this key for paid calls again.').waitFor();
    expect(
      program
        .varvel()
        .keyTest.verdicts()
        .get(program.varvel().profiles.get('staging').keyId ?? '')?.kind,
    ).toBe('valid');
  }));

it('the report is saved, and neither it nor what the window got has a secret', () =>
  inWindow({}, async (page, program) => {
    await lock(program, 'admin_lock');
    await openWhy(page);
    await button(page, 'Save report…').click();
    await page.getByLabel('File for the report').fill('~/report.txt');
    await button(page, 'Save report').click();
    await why(page).getByText('Saved to').waitFor();
    const report = await readFile(join(program.machine.home, 'report.txt'));
    expect(report.toString()).toMatch(/Finding: Locked by fal’s staff \(admin_lock, certain\)/);
    const forms = (await keysOf(program.sandbox)).flatMap(({ key, alias }) => formsOfKey(alias, key));
    expect(found(Buffer.concat([report, Buffer.from(JSON.stringify(program.calls))]), forms)).toEqual([]);
  }));

it('a row’s menu and a locked account lead there too, and nothing is cut off in a narrow window', () =>
  inWindow({ size: { width: 480, height: 700 } }, async (page, program) => {
    const keyId = program.varvel().profiles.get('staging').keyId;
    await program.tell('lock', { key_id: keyId, pattern: 'key_limit' });
    await page.getByRole('button', { name: 'Test staging' }).click();
    await page.getByText('Locked').first().waitFor();
    await button(page, 'More actions for staging').click();
    await page.getByRole('menuitem', { name: 'Why is it refused?…' }).click();
    await why(page)
      .getByRole('heading', { name: /Spending limit of this key/ })
      .waitFor();
    await why(page).getByText('Likely').waitFor();
    expect(await cutOff(page)).toEqual([]);
  }));
