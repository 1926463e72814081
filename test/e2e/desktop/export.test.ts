import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { giveTo, person } from '../../electron/person.ts';
import { makeProfile, newDesk, shownPage, soon } from './desk.ts';
import { cancelPathDialog, typePath } from './path-dialog.ts';

const desk = newDesk({ signedIn: ['ada'] });
const { machine, open } = desk;

test('a key is exported into a file that the system’s dialog gives, and taken back to the byte', async () => {
  const keyId = await makeProfile(machine(), 'studio');
  const file = join(machine().root, 'home', 'shop', '.env');
  const before = '# mine\r\nPORT=3000\r\nFAL_KEY=old:one # keep';
  desk.write(file, before);

  const desktop = open();
  const page = await shownPage(desktop);
  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  await button('studio').click();
  await button('Export…').click();
  // the person closes the system's dialog
  await button('Choose…').click();
  await cancelPathDialog(desk);
  await expect.poll(() => page.getByLabel('File', { exact: true }).inputValue(), soon).toBe('');
  await button('Choose…').click();
  await typePath(desk, file);
  await page.getByRole('dialog').getByText(`FAL_KEY=${keyId}:…`).waitFor();
  await button('Export').click();
  await page.getByText('Exported FAL_KEY of studio to ~/shop/.env.').waitFor();
  expect(readFileSync(file, 'utf8')).toMatch(
    new RegExp(`^# mine\r\nPORT=3000\r\nFAL_KEY=${keyId}:[0-9a-z]+ # keep$`),
  );
  expect(statSync(file).mode & 0o077).toBe(0);

  const used = page.getByRole('region', { name: 'Used in' });
  await used.getByText('~/shop/.env', { exact: true }).waitFor();
  await used.getByText('Up to date').waitFor();
  await button(/^Undo export of/).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo export' }).click();
  await page.getByText('Export undone. ~/shop/.env was restored.').waitFor();
  expect(readFileSync(file, 'utf8')).toBe(before);
  await used.getByText('Not used yet.').waitFor();
});

test('a folder is pinned from the window, and the command line takes that up and away', async () => {
  await makeProfile(machine(), 'studio');
  const folder = join(machine().root, 'home', 'shop');
  mkdirSync(folder);
  giveTo(person, folder);
  const desktop = open();
  const page = await shownPage(desktop);
  await page.getByRole('button', { name: 'studio', exact: true }).click();
  await page.getByRole('button', { name: 'Pin folder…' }).click();
  await page.getByRole('button', { name: 'Choose…' }).click();
  await typePath(desk, folder);
  await expect.poll(() => page.getByRole('textbox', { name: 'Folder' }).inputValue(), soon).toBe(folder);
  await page.getByRole('button', { name: 'Pin folder', exact: true }).click();
  const used = page.getByRole('region', { name: 'Used in' });
  await used.getByText('~/shop').waitFor();
  expect(readFileSync(join(folder, '.varvel'), 'utf8')).toBe('profile = "studio"\n');
  expect((await machine().varvel('unpin', folder)).code).toBe(0);
  await used.getByText('~/shop').waitFor({ state: 'detached' });
  expect(existsSync(join(folder, '.varvel'))).toBe(false);
});
