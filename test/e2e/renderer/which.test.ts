import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { goTo, withWindows } from './in-window.ts';
import { strayKey } from './program/files.ts';

const inWindow = withWindows();

const [id, secret] = strayKey().split(':');
const variables = {
  FAL_KEY: strayKey('5d1f2c3b-0a1b-4c2d-8e3f-405162738495'),
  FAL_KEY_ID: id,
  FAL_KEY_SECRET: secret,
};

it('the palette leads to which key wins, with each tool’s winner, the chain and what to do', () =>
  inWindow({ size: { width: 900, height: 600 }, options: { variables } }, async (page) => {
    await page.getByRole('button', { name: 'staging', exact: true }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('why');
    await page.keyboard.press('Enter');
    const card = page.getByRole('main', { name: 'Active key' });
    await card.getByText('Set in this shell.').first().waitFor();
    const javascript = card.getByRole('group').filter({ hasText: '@fal-ai/client' });
    expect(await javascript.textContent()).toMatch(/5d1f2c3b…[\s\S]*from FAL_KEY/);
    await javascript.locator('summary').click();
    await javascript.getByText('FAL_KEY comes first.').waitFor();
    await card.getByText(/FAL_KEY in this shell overrides staging. Unset FAL_KEY/).waitFor();
    await card.getByText(/contradict FAL_KEY/).waitFor();
  }));

it('a switch elsewhere shows in which key wins', () =>
  inWindow({}, async (page, { elsewhere }) => {
    await goTo(page, /^Active key/);
    const card = page.getByRole('main', { name: 'Active key' });
    await card.getByText('staging').first().waitFor();
    // what new shells of the sample machine have, since its ~/.zshrc sets FAL_KEY
    await card.getByText('~/.zshrc:14').first().waitFor();
    await card.locator('summary').filter({ hasText: 'varvel env' }).click();
    await card
      .getByText(/^Its key is /)
      .filter({ visible: true })
      .first()
      .waitFor();
    await elsewhere(({ profiles }) => profiles.switchTo('night-shift'));
    await card.getByText('night-shift').first().waitFor();
  }));

it('a chosen folder shows what its pin changes, and a folder that isn’t there is named', () =>
  inWindow({}, async (page, { machine }) => {
    await mkdir(join(machine.home, 'pinned-shop'));
    await writeFile(join(machine.home, 'pinned-shop', '.varvel'), 'profile = "night-shift"\n');
    await goTo(page, /^Active key/);
    const card = page.getByRole('main', { name: 'Active key' });
    await card.getByLabel('Folder').fill('~/nowhere');
    await page.keyboard.press('Enter');
    await card.getByText(/nowhere doesn’t exist/).waitFor();
    await card.getByText('For new terminals and programs started from ~.').waitFor();
    await card.getByLabel('Folder').fill('~/pinned-shop');
    await page.keyboard.press('Enter');
    await card.getByText('For new terminals and programs started from ~/pinned-shop.').waitFor();
    await card.getByText('from pin').first().waitFor();
    await card.getByText('night-shift').first().waitFor();
  }));
