import { expect, it } from 'vitest';
import { button, cutOff, goTo, inputsOf, withWindows } from '../in-window.ts';
import { backupPassphrase, makeProfileThere, makeSmallThere, makeThere } from '../program/backup.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const writeThere = ({ machine }: Program) =>
  machine.write('there.age', 'age-encryption.org/v1\n-> scrypt salt 18\n');

it('a backup is made under a passphrase typed twice, and replaces a file only when told to', () =>
  inWindow({ options: { chosenPath: 'there.age', prepare: writeThere } }, async (page, program) => {
    await goTo(page, /^Settings/);
    await button(page, 'Create backup…').click();
    const dialog = page.getByRole('dialog', { name: 'Create backup' });
    await dialog.getByRole('button', { name: 'Create backup' }).click();
    await dialog.getByText(/Enter a file, such as/).waitFor();
    await dialog.getByRole('button', { name: 'Choose…' }).click();
    await expect.poll(() => dialog.getByLabel('File').inputValue()).toBe(`${program.machine.home}/there.age`);
    await dialog.getByLabel('New passphrase').fill('correct horse');
    await dialog.getByLabel('Repeat passphrase').fill('correct house');
    await dialog.getByRole('button', { name: 'Create backup' }).click();
    await dialog.getByText('The passphrases don’t match.').waitFor();
    await dialog.getByLabel('Repeat passphrase').fill('correct horse');
    await dialog.getByRole('button', { name: 'Create backup' }).click();
    await dialog.getByText(/already exists/).waitFor();
    await dialog.getByLabel('Replace the existing file').check();
    await dialog.getByRole('button', { name: 'Create backup' }).click();
    const made = page.getByRole('dialog', { name: 'Backup created' });
    await made.getByText(/Saved 7 keys and 7 profiles to/).waitFor();
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
    const dialog = page.getByRole('dialog', { name: 'Restore backup' });
    await dialog.getByLabel('Backup file', { exact: true }).fill('~/nowhere.age');
    await dialog.getByLabel('Backup passphrase').fill('wrong');
    await page.keyboard.press('Enter');
    await dialog.getByText(/doesn’t exist/).waitFor();
    await dialog.getByLabel('Backup file', { exact: true }).fill('~/there.age');
    await dialog.getByLabel('Backup passphrase').press('Enter');
    await dialog.getByText('Wrong passphrase').waitFor();
    await dialog.getByLabel('Backup passphrase').fill(backupPassphrase);
    await page.keyboard.press('Enter');
    const list = dialog.getByRole('list', { name: 'Entries to restore' });
    await expect.poll(() => list.getByRole('listitem').count()).toBe(4);
    await list.getByText('A profile with that name is already here, with another key.').waitFor();
    expect(await cutOff(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Restore 2 entries' }).click();
    await page.getByText('Restored 2 entries from the backup.').waitFor();
  }));

it('a profile for a host that isn’t fal’s is only restored when its box is ticked', () => {
  const prepare = (program: Program) => makeProfileThere(program, 'api.example.com');
  return inWindow({ size: { width: 640, height: 600 }, options: { prepare } }, async (page) => {
    await goTo(page, /^Settings/);
    await button(page, 'Restore backup…').click();
    const dialog = page.getByRole('dialog', { name: 'Restore backup' });
    await dialog.getByLabel('Backup file', { exact: true }).fill('~/there.age');
    await dialog.getByLabel('Backup passphrase').fill(backupPassphrase);
    await page.keyboard.press('Enter');
    await dialog.getByText('Profile. Its host api.example.com isn’t fal’s.').waitFor();
    const restore = dialog.getByRole('button', { name: 'Restore 1 entry' });
    expect(await restore.count()).toBe(0);
    await dialog.getByLabel('Also restore profiles that send their key to api.example.com').check();
    expect(await cutOff(page)).toEqual([]);
    await restore.click();
    await page.getByText('Restored 1 entry from the backup.').waitFor();
  });
});

it('a vault that does not open is opened in the dialog, and the restore goes on there', () => {
  const options = { vault: { passphrase: 'open sesame', given: 'wrong' }, prepare: makeSmallThere };
  return inWindow({ options }, async (page, program) => {
    await goTo(page, /^Settings/);
    await button(page, 'Restore backup…').click();
    const dialog = page.getByRole('dialog', { name: 'Restore backup' });
    await dialog.getByLabel('Backup file', { exact: true }).fill('~/there.age');
    await dialog.getByLabel('Backup passphrase').fill(backupPassphrase);
    await page.keyboard.press('Enter');
    await dialog.getByText(/Wrong passphrase for .*identity\.age/).waitFor();
    const vaultField = dialog.getByLabel('Passphrase', { exact: true });
    await vaultField.fill('open sesame');
    await page.keyboard.press('Enter');
    await vaultField.waitFor({ state: 'detached' });
    // opening the vault is not yet looking into the backup
    expect(inputsOf(program, 'backup.plan')).toHaveLength(1);
    await button(page, 'Open backup').click();
    await dialog.getByRole('button', { name: 'Restore 1 entry' }).click();
    await page.getByText('Restored 1 entry from the backup.').waitFor();
  });
});

it('a vault that does not open is opened in the dialog, and the backup is made there', () =>
  inWindow({ options: { vault: { passphrase: 'open sesame', given: 'wrong' } } }, async (page) => {
    await goTo(page, /^Settings/);
    await button(page, 'Create backup…').click();
    const dialog = page.getByRole('dialog', { name: 'Create backup' });
    await dialog.getByLabel('File').fill('~/here.age');
    await dialog.getByLabel('New passphrase').fill('correct horse');
    await dialog.getByLabel('Repeat passphrase').fill('correct horse');
    await page.keyboard.press('Enter');
    const vaultField = dialog.getByLabel('Passphrase', { exact: true });
    await vaultField.fill('open sesame');
    await page.keyboard.press('Enter');
    await vaultField.waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Create backup' }).click();
    await page
      .getByRole('dialog', { name: 'Backup created' })
      .getByText(/7 keys and 7 profiles/)
      .waitFor();
  }));
