import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { toHint } from '../../../../core/model/hint.ts';
import { lookAtShells } from '../../../../platform/shells/shells.ts';
import { button, goTo, inputsOf, withWindows } from '../in-window.ts';

const inWindow = withWindows();

const shells = (page: Page) => page.getByRole('region', { name: 'Shells' });
const foot = (page: Page) => page.getByRole('region', { name: 'Status' });

describe('the shells', () => {
  it('say which of them follow, from which line, and which one is the login shell', () =>
    inWindow({}, async (page, { machine }) => {
      await goTo(page, /^Settings/);
      const lines = shells(page).getByRole('listitem');
      await lines.first().waitFor();
      expect(await lines.nth(0).textContent()).toMatch(/bash[\s\S]*No hook[\s\S]*~\/\.bashrc/);
      expect(await lines.nth(1).textContent()).toMatch(
        /zsh[\s\S]*Login shell[\s\S]*Doesn’t follow: ~\/\.zshrc, line 14, sets FAL_KEY[\s\S]*~\/\.zshrc, line 31/,
      );
      await page.getByText('FAL_KEY is set in 1 place.').waitFor();
      await shells(page)
        .getByText(/^~\/\.zshrc, line 14/)
        .waitFor();
      // whether it is here, this machine decides
      const { shells: found } = lookAtShells(machine.env);
      const here = found.some(({ shell, installed }) => shell === 'pwsh' && installed);
      expect(await page.getByText('PowerShell').isVisible()).toBe(here);
      if (!here) await page.getByText('1 shell not installed').click();
      await page.getByText('PowerShell').waitFor();
    }));

  it('get the hook’s line only after the change was shown; Cancel writes nothing', () =>
    inWindow({}, async (page, program) => {
      await foot(page).getByText('1 shell synced').waitFor();
      await goTo(page, /^Settings/);
      await button(page, 'Add hook to bash…').click();
      const dialog = page.getByRole('dialog', { name: 'Add hook to bash?' });
      await dialog.getByText('eval "$(varvel hook bash)"').waitFor();
      await dialog.getByText('27 unchanged lines').waitFor();
      await button(page, 'Cancel').click();
      expect(inputsOf(program, 'shells.changeHook')).toHaveLength(0);
      // by the keyboard alone
      await button(page, 'Add hook to bash…').focus();
      await page.keyboard.press('Enter');
      await dialog.getByText('eval "$(varvel hook bash)"').waitFor();
      await button(page, 'Add hook').focus();
      await page.keyboard.press('Enter');
      await page.getByText('Hook added. New bash shells follow every switch.').waitFor();
      await button(page, 'Remove hook from bash…').waitFor();
      await foot(page).getByText('2 shells synced').waitFor();
    }));

  it('say in the dialog, first of all, which line would beat the hook', () =>
    inWindow({}, async (page, { machine }) => {
      appendFileSync(join(machine.env.HOME ?? '', '.bashrc'), 'export FAL_KEY=mine:secret\n');
      await goTo(page, /^Settings/);
      await button(page, 'Add hook to bash…').click();
      const dialog = page.getByRole('dialog', { name: 'Add hook to bash?' });
      await dialog.getByText('bash won’t follow switches yet.').waitFor();
      expect(await dialog.locator('.note').textContent()).toMatch(/~\/\.bashrc, line \d+, sets FAL_KEY/);
      expect(await dialog.textContent()).not.toContain('mine:secret');
      await button(page, 'Add hook').click();
      await page.getByText('Hook added. bash follows once FAL_KEY is no longer set').waitFor();
      await shells(page)
        .getByRole('listitem')
        .filter({ hasText: 'bash' })
        .getByText(/^Doesn’t follow: ~\/\.bashrc/)
        .waitFor();
    }));

  it('lose it the same way', () =>
    inWindow({}, async (page) => {
      await goTo(page, /^Settings/);
      await button(page, 'Remove hook from fish…').click();
      await page.getByText('removed: varvel hook fish | source').waitFor();
      await button(page, 'Remove hook').click();
      await button(page, 'Add hook to fish…').waitFor();
      await foot(page).getByText('shell synced').waitFor({ state: 'detached' });
    }));

  it('whose file can’t be written keep the dialog, with what to do', () =>
    inWindow({}, async (page, { fail }) => {
      await goTo(page, /^Settings/);
      fail('shells.changeHook', {
        code: 'storage_read_only',
        message: '/home/ada/.bashrc is read-only.',
        hint: toHint('Make it writable.'),
      });
      await button(page, 'Add hook to bash…').click();
      await button(page, 'Add hook').click();
      await page.getByRole('dialog').getByRole('alert').getByText('is read-only.').waitFor();
    }));

  it('that can’t be looked at say why, and are looked at again when asked', () =>
    inWindow({}, async (page, { fail }) => {
      const problem = {
        code: 'storage_failed',
        message: '/home/ada can’t be read.',
        hint: toHint('Look at it.'),
      };
      await foot(page).getByText('1 shell synced').waitFor();
      fail('shells.planHook', problem);
      await goTo(page, /^Settings/);
      await button(page, 'Add hook to bash…').click();
      await page.getByRole('dialog').getByText('/home/ada can’t be read.').waitFor();
      expect(await button(page, 'Add hook').isDisabled()).toBe(true);
      fail('shells.planHook', null);
      await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
      await page.getByText('eval "$(varvel hook bash)"').waitFor();
    }));

  it('that don’t find the command are said to, before a line is added that would do nothing', () =>
    inWindow({ options: { noCommand: true } }, async (page) => {
      await goTo(page, /^Settings/);
      await page.getByText('Shells can’t find the varvel command.').waitFor();
    }));
});
