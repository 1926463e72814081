import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { canary } from './fake-people.ts';
import { button, goTo, unreachable, withWindows } from './in-window.ts';

const inWindow = withWindows();

async function openStagingKey(page: Page): Promise<void> {
  await button(page, 'staging').click();
  await button(page, 'Show its key').click();
}

describe('a secret', () => {
  it('comes into the window only when it is revealed, and hides again', () =>
    inWindow({}, async (page) => {
      await openStagingKey(page);
      await button(page, 'Copy').first().click();
      await page.getByText('It leaves the clipboard').waitFor();
      const holds = () =>
        page.evaluate(
          (secret) =>
            window.fake.traffic
              .filter(({ answer }) => JSON.stringify(answer).includes(secret))
              .map(({ method }) => method),
          canary,
        );
      expect(await holds()).toEqual([]);
      await page.clock.install();
      await button(page, 'Reveal…').click();
      await button(page, /^Reveal for/).click();
      await page.getByText(canary).waitFor();
      expect(await holds()).toEqual(['keys.reveal']);
      await page.clock.runFor(15_500);
      expect(await page.getByText(canary).count()).toBe(0);
      expect(await page.content()).not.toContain(canary);
    }));

  it('that could not be stored is shown once, and not lost by Escape', () =>
    inWindow({}, async (page) => {
      await goTo(page, /^Keys/);
      await page.evaluate(() => window.fake.failNextStore());
      await button(page, 'Create a key').click();
      await page.getByRole('textbox', { name: 'Name' }).fill('lost');
      await page.keyboard.press('Enter');
      await page.getByText(canary).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByText(canary).waitFor();
      await page.getByRole('checkbox').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await page.getByText(canary).waitFor({ state: 'detached' });
    }));
});

describe('revoking', () => {
  it('names the profiles that break, and wants the key’s name typed', () =>
    inWindow({}, async (page) => {
      await openStagingKey(page);
      await button(page, 'Revoke at fal…').click();
      await page.getByRole('dialog').getByText('staging', { exact: true }).waitFor();
      expect(await button(page, 'Revoke').isDisabled()).toBe(true);
      await page.getByLabel('Type build-bots to confirm').fill('build-bot');
      await page.keyboard.press('Enter');
      expect(await button(page, 'Revoke').isDisabled()).toBe(true);
      await page.evaluate((problem) => window.fake.fail('keys.revoke', problem), unreachable);
      await page.getByLabel('Type build-bots to confirm').fill('build-bots');
      await button(page, 'Revoke').click();
      await page.getByRole('dialog').getByRole('alert').getByText('fal can’t be reached.').waitFor();
    }));
});
