import { describe, expect, it } from 'vitest';
import { button, inputsOf, unreachable, withWindows } from './in-window.ts';

const inWindow = withWindows();
const firstRun = { firstRun: true };

describe('the first run', () => {
  it('imports from fal’s CLI, and is over', () =>
    inWindow({ options: firstRun }, async (page) => {
      await button(page, 'Import profiles…').click();
      await button(page, 'Import 5 profiles').click();
      await page.getByText('Imported 5 profiles from the fal CLI.').waitFor();
      await button(page, 'Show profiles').click();
      await button(page, 'old-demo').waitFor();
    }));

  it('says why that door is closed where fal’s CLI has no file', () =>
    inWindow({ options: { ...firstRun, falcli: { file: 'missing' as const } } }, async (page) => {
      await page.getByText('~/.fal/config.toml doesn’t exist').waitFor();
      expect(await button(page, 'Import profiles…').isDisabled()).toBe(true);
    }));

  it('says what is wrong with fal’s file, and looks again when asked', () =>
    inWindow({ options: { ...firstRun, falcli: { file: 'malformed' as const } } }, async (page) => {
      await page.getByText(/config\.toml .*line 3/).waitFor();
      expect(await button(page, 'Import profiles…').isDisabled()).toBe(true);
      await button(page, 'Try again').waitFor();
    }));

  it('says when the program has gone', () =>
    inWindow({ options: firstRun }, async (page, { fail, emit }) => {
      await button(page, 'Import profiles…').waitFor();
      fail('vault.read', { ...unreachable, message: 'Varvel is no longer running.' });
      emit('changed', { topics: ['vault'] });
      await page.getByRole('alert').getByText('Varvel is no longer running.').waitFor();
      fail('vault.read', null);
      await button(page, 'Try again').click();
      await page.getByRole('alert').waitFor({ state: 'detached' });
    }));
});

describe('while a sign-in waits', () => {
  it('the desktop opens its page again', () =>
    inWindow({ options: firstRun }, async (page, program) => {
      await button(page, 'Sign in with GitHub').click();
      await button(page, 'Open page again').click();
      await expect.poll(() => inputsOf(program, 'identities.openPage')).toHaveLength(1);
      program.fail('identities.openPage', unreachable);
      await button(page, 'Open page again').click();
      await page.getByRole('alert').getByText('fal can’t be reached.').waitFor();
    }));

  it('the web view has a link to it', () =>
    inWindow({ options: { ...firstRun, face: 'web' } }, async (page, { sandbox }) => {
      await button(page, 'Sign in with GitHub').click();
      const link = page.getByRole('link', { name: 'Open page' });
      expect(await link.getAttribute('href')).toContain(`${sandbox.environment.connectionUrl}?`);
      expect(await link.getAttribute('rel')).toContain('noopener');
    }));
});

it('what happened beside what was asked for is said in a message', () =>
  inWindow({}, async (page, { emit }) => {
    await button(page, 'staging').waitFor();
    emit('notice', { text: 'fal’s CLI did not follow the switch.', hint: { action: 'none' } });
    await page
      .getByRole('region', { name: 'Notifications' })
      .getByText('fal’s CLI did not follow the switch.')
      .waitFor();
  }));
