import { describe, expect, it } from 'vitest';
import { button, unreachable, withWindows } from '../in-window.ts';

const inWindow = withWindows();

describe('what other processes do', () => {
  it('shows by itself', () =>
    inWindow({}, async (page, { elsewhere }) => {
      await button(page, /^Current profile: staging/).waitFor();
      await elsewhere(({ profiles }) => profiles.switchTo('night-shift'));
      await button(page, /^Current profile: night-shift/).waitFor();
    }));

  it('a command from the menu opens what it names', () =>
    inWindow({}, async (page, { emit }) => {
      await button(page, 'staging').waitFor();
      emit('command', { command: 'new-key' });
      await page.getByRole('heading', { name: 'Create key' }).waitFor();
    }));

  it('a dialog with something typed into it is left alone by keys and by the menu, which has the same ones', () =>
    inWindow({}, async (page, { emit }) => {
      await button(page, 'staging').waitFor();
      emit('command', { command: 'new-key' });
      const name = page.getByRole('dialog').getByLabel('Name');
      await name.fill('half a name');
      await page.evaluate(() => {
        document.title = '';
        window.addEventListener('keydown', (event) => {
          // what a page prevents, Electron's menu does not hear
          if (event.ctrlKey && event.key !== 'Control') document.title += ` ${event.defaultPrevented}`;
        });
      });
      for (const key of ['k', 'p', ',', '2']) await page.keyboard.press(`Control+${key}`);
      expect(await page.title()).toBe('true true true true');
      for (const command of ['palette', 'switcher', 'new-key', 'settings', 'sign-in'] as const)
        emit('command', { command });
      // what was sent before it has been heard when this is shown
      emit('notice', { text: 'That was all.', hint: { action: 'none' } });
      await page.getByText('That was all.').waitFor();
      expect(await name.inputValue()).toBe('half a name');
      expect(await page.getByRole('dialog').count()).toBe(1);
    }));
});

describe('a verdict’s age', () => {
  it('is right as soon as somebody looks at the window again', () =>
    inWindow({}, async (page) => {
      const row = page.locator('.list-row', { hasText: 'staging' });
      await row.getByText('27 min', { exact: true }).waitFor();
      await page.clock.install();
      await page.clock.setSystemTime(Date.now() + 3 * 60 * 60 * 1000);
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      await row.getByText('3 h', { exact: true }).waitFor();
    }));
});

describe('a profile', () => {
  it('that was deleted comes back with Undo, current again', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').click();
      await button(page, 'Delete profile…').click();
      await page.getByText('This is the current profile').waitFor();
      await button(page, 'Delete profile').click();
      await button(page, /^Current profile: No profile/).waitFor();
      await button(page, 'Undo').click();
      await button(page, /^Current profile: staging/).waitFor();
      await button(page, 'staging').click();
      await page.getByRole('complementary').getByText('For the shop’s staging site').waitFor();
    }));

  it('is edited where it stands; a name that can’t be says why', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').click();
      await button(page, 'Edit name').click();
      await page.getByRole('textbox', { name: 'Name' }).fill('has blanks in it');
      await page.keyboard.press('Enter');
      await page
        .getByRole('alert')
        .getByText('A profile can’t be named so')
        .or(page.getByRole('alert').getByText('The name has characters that can’t be used.'))
        .waitFor();
      await page.getByRole('textbox', { name: 'Name' }).fill('stage');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'Profile stage' }).waitFor();
      await page.getByRole('radio', { name: 'violet' }).check({ force: true });
      expect(await page.getByRole('radio', { name: 'violet' }).isChecked()).toBe(true);
      await button(page, 'Edit note').click();
      await page.keyboard.type('!');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('complementary').getByText('staging site!').waitFor();
    }));
});

describe('a test', () => {
  it('of all keys shows its progress and can be cancelled', () =>
    inWindow({}, async (page, { tell }) => {
      await tell('faults', { target: 'platform', kind: 'slow', delay_ms: 2000 });
      await button(page, 'Test all').click();
      await page.getByText(/Testing \d of 7 keys/).waitFor();
      await button(page, 'Cancel').click();
      await page.getByText(/Stopped after testing \d keys?\./).waitFor();
    }));

  it('of a locked account says why and what to do next', () =>
    inWindow({}, async (page) => {
      await button(page, 'client-kestrel').click();
      const verdict = page.getByRole('region', { name: 'Test result' });
      await verdict.getByText('Locked').waitFor();
      await verdict.getByText('Exhausted balance.').waitFor();
      await button(page, 'Open fal billing').waitFor();
    }));

  it('that breaks off leaves the last verdict and says so', () =>
    inWindow({}, async (page, { fail }) => {
      await button(page, 'Test staging').waitFor();
      fail('keys.test', unreachable);
      await button(page, 'Test staging').click();
      await page.getByRole('region', { name: 'Notifications' }).getByText('fal can’t be reached.').waitFor();
    }));
});
