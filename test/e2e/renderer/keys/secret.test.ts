import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { VarvelError } from '../../../../core/model/error.ts';
import { secretName } from '../../../../core/ports.ts';
import { keysOf } from '../../../integration/sandbox/running.ts';
import { button, goTo, unreachable, withWindows } from '../in-window.ts';
import { carriersOf, type Program } from '../program/program.ts';

const inWindow = withWindows();

/** The secret half of staging's key. */
function stagingSecret({ secrets, varvel }: Program): string {
  const { keyId } = varvel().profiles.get('staging');
  return secrets.entries.get(secretName.key(keyId ?? ''))?.split(':')[1] ?? 'none';
}

async function openStagingKey(page: Page): Promise<void> {
  await button(page, 'staging').click();
  await button(page, 'Show key').click();
}

describe('a secret', () => {
  it('comes into the window only when it is revealed, and hides again', () =>
    inWindow({}, async (page, program) => {
      const secret = stagingSecret(program);
      await openStagingKey(page);
      await button(page, 'Copy').first().click();
      await page.getByText('The clipboard will be cleared').waitFor();
      expect(carriersOf(program, [secret])).toEqual([]);
      await page.clock.install();
      await button(page, 'Reveal…').click();
      await button(page, /^Reveal for/).click();
      await page.getByText(secret).waitFor();
      expect(carriersOf(program, [secret])).toEqual(['keys.reveal']);
      await page.clock.runFor(15_500);
      expect(await page.getByText(secret).count()).toBe(0);
      expect(await page.content()).not.toContain(secret);
    }));

  it('that could not be stored is shown once, and not lost by Escape', () =>
    inWindow({}, async (page, { secrets, sandbox }) => {
      await goTo(page, /^Keys/);
      secrets.fail(new VarvelError('vault_unanswering', 'The keychain stopped answering.', ''), 'set');
      await button(page, 'Create key').click();
      await page.getByRole('textbox', { name: 'Name' }).fill('lost');
      await page.keyboard.press('Enter');
      await page.getByText('The keychain stopped answering.').waitFor();
      const secret = (await keysOf(sandbox)).find(({ alias }) => alias === 'lost')?.key_secret ?? 'none';
      await page.getByText(secret).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByText(secret).waitFor();
      await page.getByRole('checkbox').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await page.getByText(secret).waitFor({ state: 'detached' });
    }));
});

describe('revoking', () => {
  it('names the profiles that break, and wants the key’s name typed', () =>
    inWindow({}, async (page, { fail }) => {
      await openStagingKey(page);
      await button(page, 'Revoke key…').click();
      await page.getByRole('dialog').getByText('staging', { exact: true }).waitFor();
      expect(await button(page, 'Revoke key').isDisabled()).toBe(true);
      await page.getByLabel('Type build-bots to confirm').fill('build-bot');
      await page.keyboard.press('Enter');
      expect(await button(page, 'Revoke key').isDisabled()).toBe(true);
      fail('keys.revoke', unreachable);
      await page.getByLabel('Type build-bots to confirm').fill('build-bots');
      await button(page, 'Revoke key').click();
      await page.getByRole('dialog').getByRole('alert').getByText('fal can’t be reached.').waitFor();
    }));
});
