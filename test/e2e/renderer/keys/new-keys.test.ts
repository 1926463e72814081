import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { button, goTo, withWindows } from '../in-window.ts';
import { strayKey } from '../program/files.ts';
import { carriersOf } from '../program/program.ts';

const inWindow = withWindows();

it('a key that was created from a profile without one is the profile’s; one pasted as its name isn’t sent', () =>
  inWindow({}, async (page, { calls, varvel }) => {
    await button(page, 'sketchbook').click();
    await button(page, 'Create key…').click();
    const dialog = page.getByRole('dialog', { name: 'Create key for sketchbook' });
    // pasted into the wrong field
    const before = varvel().keys.all().length;
    const alias = dialog.getByRole('textbox').first();
    const proposed = await alias.inputValue();
    await alias.fill(strayKey());
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByText('The alias contains a key’s secret.').waitFor();
    expect(calls.some(({ method }) => method === 'keys.create')).toBe(false);
    expect(varvel().keys.all()).toHaveLength(before);
    await alias.fill(proposed);
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await page.getByText('sketchbook now uses it.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Profile sketchbook' }).waitFor();
    const { keyId, account } = varvel().profiles.get('sketchbook');
    expect(varvel().keys.find(keyId ?? '').alias).toBe('sketchbook');
    expect(account?.nickname).toBe('ada');
  }));

it('a key that was created because a profile’s is invalid replaces it there', () =>
  inWindow({}, async (page, { varvel, tell }) => {
    const old = varvel().profiles.get('personal').keyId;
    await tell('revoke', { key_id: old });
    await button(page, 'Test personal').click();
    await button(page, 'personal').click();
    await page.getByRole('region', { name: 'Test result' }).getByText('Invalid').waitFor();
    await button(page, 'Create key…').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    await page.getByText('personal now uses it.').waitFor();
    expect(varvel().profiles.get('personal').keyId).not.toBe(old);
  }));

it('a key in a start-up file is added from its line, and never enters the window', () =>
  inWindow({}, async (page, program) => {
    const { machine, varvel } = program;
    const file = `${machine.home}/.zshrc`;
    const key = /FAL_KEY=(\S+)/.exec(await readFile(file, 'utf8'))?.[1] ?? '';
    const [id = '', secret = ''] = key.split(':');
    await goTo(page, /^Settings/);
    await button(page, /^Add that key here…/).click();
    const dialog = page.getByRole('dialog', { name: 'Add existing key' });
    await dialog.getByText('~/.zshrc, line 14').waitFor();
    await dialog.getByLabel('Name (optional)').fill('from-zshrc');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Key “from-zshrc” added' }).waitFor();
    expect(varvel().keys.find('from-zshrc').id).toBe(id);
    expect(secret).toMatch(/^[0-9a-f]{32}$/);
    expect(carriersOf(program, [secret])).toEqual([]);
  }));

it('a line that changed meanwhile is not taken for another', () =>
  inWindow({}, async (page, { machine, varvel }) => {
    await goTo(page, /^Settings/);
    await button(page, /^Add that key here…/).click();
    const file = `${machine.home}/.zshrc`;
    await writeFile(file, `# new first line\n${await readFile(file, 'utf8')}OTHER=${strayKey()}\n`);
    const before = varvel().keys.all().length;
    await page.getByRole('dialog').getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('alert').getByText('doesn’t set FAL_KEY').waitFor();
    expect(varvel().keys.all()).toHaveLength(before);
  }));

it('a refresh that is faster than what is read here isn’t lost', () =>
  inWindow(
    { options: { prepare: async ({ delay }) => delay('keys.list', 3_000) } },
    async (page, { calls }) => {
      await goTo(page, /^Keys/);
      await page.locator('.list-row').getByText('Only here').waitFor();
      const order = calls
        .map(({ method }) => method)
        .filter((method) => /^keys\.(list|refresh)$/.test(method));
      expect(order.slice(0, 2)).toEqual(['keys.refresh', 'keys.list']);
    },
  ));

it('revoking several keys names those that fal doesn’t have', () =>
  inWindow({}, async (page) => {
    await goTo(page, /^Keys/);
    await page.locator('.list-row').getByText('Only here').waitFor();
    for (const name of ['old-laptop', 'compiler'])
      await button(page, name).click({ modifiers: ['ControlOrMeta'] });
    await button(page, 'Revoke…').click();
    const dialog = page.getByRole('dialog', { name: 'Revoke 1 key?' });
    await dialog.getByText('The key will stop working').waitFor();
    await dialog.getByText('Not at fal, so not revoked: old-laptop.').waitFor();
  }));
