import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { toHint } from '../../../../core/model/hint.ts';
import { keysOf } from '../../../integration/sandbox/running.ts';
import { button, goTo, withWindows } from '../in-window.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const idsAtFal = async ({ sandbox }: Program) => (await keysOf(sandbox)).map(({ key_id }) => key_id);
const rowOf = (page: Page, name: string) => page.locator('.list-row', { hasText: name });

it('a key created for an hour says when it ends, in its row and pane, and isn’t offered for a profile', () =>
  inWindow({}, async (page, { varvel }) => {
    await goTo(page, /^Keys/);
    await button(page, 'Create key').click();
    const dialog = page.getByRole('dialog', { name: 'Create key' });
    await dialog.getByLabel('Name', { exact: true }).fill('demo');
    await dialog.getByLabel('Lifetime').selectOption('1 hour');
    await dialog.getByText('Varvel revokes it when its time is over.').waitFor();
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await page
      .getByRole('dialog', { name: 'Key “demo” created' })
      .getByRole('button', { name: 'Done' })
      .click();
    await page
      .getByRole('complementary', { name: 'Key demo' })
      .getByText(/temporary, \d+ min left/)
      .waitFor();
    await rowOf(page, 'demo')
      .getByText(/Temporary, \d+ min left/)
      .first()
      .waitFor();
    expect(await button(page, 'Rotate key…').count()).toBe(0);
    await page.getByLabel('Show', { exact: true }).selectOption('Temporary');
    await expect.poll(() => page.locator('.list-row').count()).toBe(1);
    expect(varvel().temporaryKeys.all()).toMatchObject([
      { alias: expect.stringMatching(/^demo--varvel-until-/) },
    ]);
    await goTo(page, /^Profiles/);
    await button(page, 'sketchbook').click();
    await button(page, 'Edit key').click();
    const offered = await page.getByRole('combobox', { name: 'Key' }).locator('option').allTextContents();
    expect(offered.join()).toContain('notebook');
    expect(offered.join()).not.toContain('demo');
  }));

it('a command’s temporary key is in the list while it lives, without a refresh, and can be ended', () =>
  inWindow({}, async (page, program) => {
    await goTo(page, /^Keys/);
    await button(page, 'old-laptop').waitFor();
    const { parts } = await program.elsewhere(({ temporaryKeys }) =>
      temporaryKeys.createIn('falconers', { name: 'train', scope: 'API', ttlMs: 3_600_000 }),
    );
    await rowOf(page, 'train')
      .getByText(/Temporary, \d+ min left/)
      .first()
      .waitFor();
    await button(page, 'train').click();
    await page
      .getByRole('complementary', { name: 'Key train' })
      .getByText(/given to one program/)
      .waitFor();
    await button(page, 'End now…').click();
    const dialog = page.getByRole('dialog', { name: 'End train now?' });
    await dialog.getByText(/can’t call fal any more/).waitFor();
    program.fail('keys.endTemporary', { code: 'unreachable', message: 'Can’t reach fal.', hint: toHint('') });
    await dialog.getByRole('button', { name: 'End key' }).click();
    await dialog.getByText('Can’t reach fal.').waitFor();
    program.fail('keys.endTemporary', null);
    await dialog.getByRole('button', { name: 'End key' }).click();
    await page.getByText('Ended train.').waitFor();
    await expect.poll(() => rowOf(page, 'train').count()).toBe(0);
    expect(await idsAtFal(program)).not.toContain(parts.id);
  }));

it('a reminder is set for a key or for its account’s keys, and an overdue key says so', () =>
  inWindow({}, async (page, { varvel }) => {
    await goTo(page, /^Keys/);
    await button(page, 'old-laptop').click();
    const pane = page.getByRole('complementary', { name: 'Key old-laptop' });
    await pane.getByText('13 months old').waitFor();
    await pane.getByText('No reminder').waitFor();
    await pane.getByRole('button', { name: 'Edit rotate by' }).click();
    await pane.getByRole('combobox', { name: 'Rotate by' }).selectOption('Every 90 days');
    await pane.getByRole('button', { name: 'Save' }).click();
    await pane.getByText('overdue').waitFor();
    await rowOf(page, 'old-laptop')
      .getByText(/Rotate: 10 months overdue/)
      .first()
      .waitFor();
    await page.getByLabel('Show', { exact: true }).selectOption('Overdue');
    await expect.poll(() => page.locator('.list-row').count()).toBe(1);
    await goTo(page, /^Accounts/);
    await page.getByLabel('Rotate the keys of falconers').selectOption('Every year');
    await expect.poll(() => [...varvel().reminders.policies().values()]).toEqual([365]);
    await goTo(page, /^Doctor/);
    await page.getByText(/Key old-laptop of ada was to be rotated by/).waitFor();
    await button(page, 'Rotate key…').first().waitFor();
  }));

it('a reminder for all keys is set in Settings, and a key and an account say that it counts', () =>
  inWindow({}, async (page, { varvel }) => {
    await goTo(page, /^Settings/);
    await page.getByLabel('Rotate keys', { exact: true }).selectOption('Every 180 days');
    await expect.poll(() => varvel().settings.read().rotateAfterDays).toBe(180);
    await goTo(page, /^Keys/);
    await rowOf(page, 'old-laptop')
      .getByText(/Rotate: .* overdue/)
      .first()
      .waitFor();
    await button(page, 'old-laptop').click();
    await page
      .getByRole('complementary', { name: 'Key old-laptop' })
      .getByText('As for all keys: every 180 days')
      .waitFor();
    await goTo(page, /^Accounts/);
    const policy = page.getByLabel('Rotate the keys of falconers');
    expect(await policy.locator('option').first().textContent()).toBe('As in Settings');
    varvel().settings.change({ rotateAfterDays: null });
    await goTo(page, /^Keys/);
    await expect
      .poll(() =>
        rowOf(page, 'old-laptop')
          .getByText(/overdue/)
          .count(),
      )
      .toBe(0);
  }));

it('reconciling forgets what is only here and revokes what is only at fal, several at once, and comes back', () =>
  inWindow({}, async (page, program) => {
    await program.secrets.delete(`key/${program.varvel().keys.find('compiler').id}`);
    await goTo(page, /^Keys/);
    await button(page, 'Reconcile…').click();
    const dialog = page.getByRole('dialog', { name: 'Reconcile keys' });
    await dialog.getByRole('region', { name: 'Without their secret' }).getByText('compiler').waitFor();
    const here = dialog.getByRole('region', { name: 'Only here' });
    await here.getByText('old-laptop').click();
    await here.getByRole('button', { name: 'Forget…' }).click();
    await page.getByRole('button', { name: 'Forget 1 key' }).click();
    await dialog.getByRole('region', { name: 'Only at fal' }).waitFor();
    await here.waitFor({ state: 'detached' });

    const atFal = dialog.getByRole('region', { name: 'Only at fal' });
    const before = (await idsAtFal(program)).length;
    const only = await atFal.getByRole('checkbox').count();
    await atFal.getByRole('button', { name: 'Select all' }).click();
    await atFal.getByRole('button', { name: 'Revoke…' }).click();
    await page.getByLabel(`Type revoke ${only} to confirm`).fill(`revoke ${only}`);
    await page.getByRole('button', { name: `Revoke ${only} keys` }).click();
    await dialog.getByText(/to look at/).waitFor();
    await atFal.waitFor({ state: 'detached' });
    expect((await idsAtFal(program)).length).toBe(before - only);
  }));
