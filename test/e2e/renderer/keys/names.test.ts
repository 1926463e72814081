import { expect, it } from 'vitest';
import { button, goTo, withWindows } from '../in-window.ts';

const inWindow = withWindows();

it('a key gets a name in its pane, and fal’s alias back with an empty one', () =>
  inWindow({}, async (page, { varvel }) => {
    const { id } = varvel().keys.find('notebook');
    await goTo(page, /^Keys/);
    await page.getByText('Updated ').waitFor();
    await page.locator('.list-row', { hasText: 'personal' }).locator('.row-main').click();
    await button(page, 'Edit name').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('studio-desktop');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Key studio-desktop' }).waitFor();
    await button(page, 'Refresh keys').click();
    await page.getByText('Updated ').waitFor();
    await button(page, 'studio-desktop').waitFor();
    expect(varvel().keys.find('studio-desktop').id).toBe(id);
    await button(page, 'Edit name').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Key notebook' }).waitFor();
    await goTo(page, /^Activity/);
    await page.getByText('Key renamed').first().waitFor();
  }));

it('… and from its menu and the palette, with a word when another key of the account has it', () =>
  inWindow({}, async (page, { varvel }) => {
    await goTo(page, /^Keys/);
    await page.getByText('Updated ').waitFor();
    await button(page, 'old-laptop').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Rename key…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename key old-laptop' });
    await dialog.getByLabel('Name').fill('x\u0007');
    await page.keyboard.press('Enter');
    await dialog.getByText(/control characters/).waitFor();
    await dialog.getByLabel('Name').fill('notebook');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('ada has another key named “notebook”.').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/^Search actions/).fill('rename key compiler');
    const action = page.locator('[role="option"][data-selected="true"] .command-name');
    await expect.poll(() => action.textContent()).toMatch(/^Rename key .*…$/);
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog', { name: /^Rename key / })
      .getByLabel('Name')
      .fill('palette-named');
    await page.keyboard.press('Enter');
    await button(page, 'palette-named').waitFor();
    expect(varvel().keys.find('palette-named').alias).toBe('palette-named');
  }));
