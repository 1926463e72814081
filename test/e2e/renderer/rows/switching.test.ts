import { describe, expect, it } from 'vitest';
import { button, withWindows } from '../in-window.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

/** Two profiles whose names differ at their end only. */
async function addLongNames({ varvel }: Program): Promise<void> {
  const { profiles, keys } = varvel();
  const [key = null] = keys.all('ada');
  for (const name of ['falconers-production', 'falconers-staging']) profiles.create(name, { key });
  profiles.switchTo('falconers-production');
}

describe('the current profile', () => {
  it.each([1240, 900, 640])('is told apart from one with a similar name, %i px wide', (width) =>
    inWindow({ size: { width, height: 800 }, options: { prepare: addLongNames } }, async (page) => {
      const card = button(page, /^Current profile: falconers-production/);
      const name = card.getByText('falconers-production');
      await name.waitFor();
      const cut = await name.evaluate(
        ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
          scrollHeight > clientHeight + 1 || scrollWidth > clientWidth,
      );
      expect(cut).toBe(false);
      const lines = await name.evaluate(
        (element) => element.clientHeight / Number.parseFloat(getComputedStyle(element).lineHeight),
      );
      expect(Math.round(lines)).toBeLessThanOrEqual(2);
    }),
  );

  it('says its account, its scope and whether its key works', () =>
    inWindow({}, async (page) => {
      const card = button(page, /^Current profile: staging/);
      for (const text of ['falconers', 'API', 'Valid']) await card.getByText(text, { exact: true }).waitFor();
      await button(page, /^Current profile: staging\s*, falconers\s*API\s*, Valid.*Switch profile/).waitFor();
    }));
});

describe('a switch', () => {
  it('says what was current, and Undo goes back', () =>
    inWindow({}, async (page) => {
      await button(page, 'Use personal').click();
      await page.getByText('Now on personal, was staging.').waitFor();
      await button(page, 'Undo').click();
      await button(page, /^Current profile: staging/).waitFor();
      await page.getByText('Now on staging, was personal.').waitFor();
      expect(await button(page, 'Undo').count()).toBe(1);
    }));

  it.each([
    ['without a key', 'sketchbook', 'sketchbook has no key.'],
    ['whose account is locked', 'client-kestrel', /^fal has locked the account of client-kestrel: Exhausted/],
  ])('to a profile %s asks first', (_, name, reason) =>
    inWindow({}, async (page, program) => {
      await button(page, `Use ${name}`).click();
      const dialog = page.getByRole('dialog', { name: `Switch to ${name}?` });
      await dialog.getByText(reason).waitFor();
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      expect(program.varvel().profiles.current()).toBe('staging');
      await page.keyboard.press('Control+p');
      await page.getByPlaceholder('Switch to a profile').fill(name);
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Switch anyway' }).click();
      await button(page, new RegExp(`^Current profile: ${name}`)).waitFor();
      await button(page, 'Undo').click();
      await button(page, /^Current profile: staging/).waitFor();
    }),
  );

  it('to a profile whose key was found invalid a moment ago asks too', () =>
    inWindow({}, async (page, { tell, varvel }) => {
      const key = varvel().profiles.get('personal').keyId;
      await tell('revoke', { key_id: key });
      await button(page, 'Test personal').click();
      await page.locator('.list-row', { hasText: 'personal' }).getByText('Invalid').waitFor();
      await button(page, 'Use personal').click();
      await page.getByText('fal rejected the key of personal in its last test.').waitFor();
    }));

  it('to a new profile is only suggested when it has a key', () =>
    inWindow({}, async (page, { varvel }) => {
      const create = () => page.getByRole('main').getByRole('button', { name: 'Create profile' }).click();
      await create();
      const box = page.getByLabel('Switch to it now');
      expect(await box.isChecked()).toBe(false);
      await page.getByLabel('Key', { exact: true }).selectOption({ index: 1 });
      expect(await box.isChecked()).toBe(true);
      await page.getByLabel('Key', { exact: true }).selectOption('');
      await page.getByRole('textbox', { name: 'Name' }).fill('bare');
      await page.keyboard.press('Enter');
      await page.getByText('Created bare.').waitFor();
      expect(varvel().profiles.current()).toBe('staging');
      await create();
      await page.getByRole('textbox', { name: 'Name' }).fill('keyed');
      await page.getByLabel('Key', { exact: true }).selectOption({ index: 1 });
      await page.getByRole('dialog').getByRole('button', { name: 'Create profile' }).click();
      await page.getByText('Created keyed. Now on keyed, was staging.').waitFor();
    }));
});
