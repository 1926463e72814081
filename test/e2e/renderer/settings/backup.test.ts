import { expect, it } from 'vitest';
import { button, cutOff, goTo, inputsOf, withWindows } from '../in-window.ts';
import { backupPassphrase, makeSmallThere, makeThere } from '../program/backup.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const writeThere = ({ machine }: Program) => machine.write('there.age', 'something else');

it('a backup is made under a passphrase typed twice, and replaces a file only when told to', () =>
  inWindow({ options: { chosenPath: 'there.age', prepare: writeThere } }, async (page, program) => {
    await goTo(page, /^Settings/);
    await button(page, 'Back up…').click();
    const dialog = page.getByRole('dialog', { name: 'Back up keys and profiles' });
    await dialog.getByRole('button', { name: 'Back up' }).click();
    await dialog.getByText(/Say where it shall stand/).waitFor();
    await dialog.getByRole('button', { name: 'Choose…' }).click();
    await expect.poll(() => dialog.getByLabel('File').inputValue()).toBe(`${program.machine.home}/there.age`);
    await dialog.getByLabel('New passphrase').fill('correct horse');
    await dialog.getByLabel('The same again').fill('correct house');
    await dialog.getByRole('button', { name: 'Back up' }).click();
    await dialog.getByText('The two are not the same.').waitFor();
    await dialog.getByLabel('The same again').fill('correct horse');
    await dialog.getByRole('button', { name: 'Back up' }).click();
    await dialog.getByText(/already exists/).waitFor();
    await dialog.getByLabel('Replace the file that is there').check();
    await dialog.getByRole('button', { name: 'Back up' }).click();
    const made = page.getByRole('dialog', { name: 'Backed up' });
    await made.getByText(/7 keys and 7 profiles are in/).waitFor();
    await page.keyboard.press('Enter');
    await made.waitFor({ state: 'detached' });
    const answers = JSON.stringify(program.calls.map(({ answer }) => answer));
    expect(answers).not.toContain('correct horse');
  }));

it('a backup is looked into first; what stands in the way is named, the rest comes back', () =>
  inWindow({ size: { width: 900, height: 600 }, options: { prepare: makeThere } }, async (page) => {
    await page.getByRole('button', { name: 'staging', exact: true }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('restore a');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Restore a backup' });
    await dialog.getByLabel('Backup', { exact: true }).fill('~/nowhere.age');
    await dialog.getByLabel('Its passphrase').fill('wrong');
    await page.keyboard.press('Enter');
    await dialog.getByText(/doesn’t exist/).waitFor();
    await dialog.getByLabel('Backup', { exact: true }).fill('~/there.age');
    await dialog.getByLabel('Its passphrase').press('Enter');
    await dialog.getByText('Wrong passphrase').waitFor();
    await dialog.getByLabel('Its passphrase').fill(backupPassphrase);
    await page.keyboard.press('Enter');
    const list = dialog.getByRole('list', { name: 'What would be restored' });
    await expect.poll(() => list.getByRole('listitem').count()).toBe(4);
    await list.getByText('A profile with that name is already here, with another key.').waitFor();
    expect(await cutOff(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Restore 2 entries' }).click();
    await page.getByText('2 entries of the backup are here again.').waitFor();
  }));

it('a vault that does not open is opened in the dialog, and the restore goes on there', () => {
  const options = { vault: { passphrase: 'open sesame', given: 'wrong' }, prepare: makeSmallThere };
  return inWindow({ options }, async (page, program) => {
    await goTo(page, /^Settings/);
    await button(page, 'Restore…').click();
    const dialog = page.getByRole('dialog', { name: 'Restore a backup' });
    await dialog.getByLabel('Backup', { exact: true }).fill('~/there.age');
    await dialog.getByLabel('Its passphrase').fill(backupPassphrase);
    await page.keyboard.press('Enter');
    await dialog.getByText(/Wrong passphrase for .*identity\.age/).waitFor();
    const vaultField = dialog.getByLabel('Passphrase', { exact: true });
    await vaultField.fill('open sesame');
    await page.keyboard.press('Enter');
    await vaultField.waitFor({ state: 'detached' });
    // opening the vault is not yet looking into the backup
    expect(inputsOf(program, 'backup.plan')).toHaveLength(1);
    await button(page, 'Look into it').click();
    await dialog.getByRole('button', { name: 'Restore 1 entry' }).click();
    await page.getByText('1 entry of the backup is here again.').waitFor();
  });
});

it('a vault that does not open is opened in the dialog, and the backup is made there', () =>
  inWindow({ options: { vault: { passphrase: 'open sesame', given: 'wrong' } } }, async (page) => {
    await goTo(page, /^Settings/);
    await button(page, 'Back up…').click();
    const dialog = page.getByRole('dialog', { name: 'Back up keys and profiles' });
    await dialog.getByLabel('File').fill('~/here.age');
    await dialog.getByLabel('New passphrase').fill('correct horse');
    await dialog.getByLabel('The same again').fill('correct horse');
    await page.keyboard.press('Enter');
    const vaultField = dialog.getByLabel('Passphrase', { exact: true });
    await vaultField.fill('open sesame');
    await page.keyboard.press('Enter');
    await vaultField.waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Back up' }).click();
    await page
      .getByRole('dialog', { name: 'Backed up' })
      .getByText(/7 keys and 7 profiles/)
      .waitFor();
  }));
