import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { button, goTo, inputsOf, withWindows } from '../in-window.ts';
import { changeFalConfig, setStagingHost } from '../program/files.ts';
import { changePassphrase } from '../program/passphrase.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const card = (page: Page) => page.getByRole('region', { name: 'fal CLI', exact: true });
const rows = (page: Page) =>
  card(page)
    .getByRole('list', { name: /the fal CLI and Varvel/ })
    .getByRole('listitem');

const takeStagingKey = ({ machine }: Program) =>
  changeFalConfig(machine, (text) => text.replace(/(?<=\[staging\]\n)key = .*\n/, ''));

/** fal's CLI writes its file without the comments that were in it. */
async function dropComments({ machine, elsewhere }: Program): Promise<void> {
  await elsewhere(async ({ falcli, profiles }) => (await falcli()).apply(profiles.get('staging'), false));
  await changeFalConfig(machine, (text) => text.replace(/ ?#.*$/gm, ''));
}

describe('fal’s CLI in the settings', () => {
  it('has its profiles beside ours, what differs, and the keys in plain text', () =>
    inWindow({}, async (page) => {
      await goTo(page, /^Settings/);
      await card(page).getByText('It uses production.').waitFor();
      await card(page).getByText('4 keys in plain text.').waitFor();
      expect(await rows(page).nth(0).textContent()).toMatch(/staging[\s\S]*Same in both[\s\S]*Plain text/);
      expect(await rows(page).nth(1).textContent()).toMatch(
        /production[\s\S]*In use[\s\S]*Has another key in the fal CLI/,
      );
      expect(await rows(page).nth(2).textContent()).toMatch(
        /personal[\s\S]*Has host staging\.example\.com in the fal CLI/,
      );
      expect(await rows(page).nth(3).textContent()).toMatch(/old-demo[\s\S]*Only in the fal CLI/);
      await card(page).getByLabel('Profiles', { exact: true }).selectOption('differs');
      await expect.poll(() => rows(page).count()).toBe(2);
      await card(page).getByLabel('Profiles', { exact: true }).selectOption('all');
      await rows(page).getByText('Only in Varvel').first().waitFor();
    }));

  it('is kept in step only after its file’s change was shown, and the foot says so', () =>
    inWindow({}, async (page, program) => {
      await goTo(page, /^Settings/);
      await page.getByRole('radio', { name: /^Profile Each switch/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Sync the fal CLI with the current profile?' });
      await dialog.getByText('profile = "staging"').waitFor();
      expect(await dialog.getByText('plain text').count()).toBe(0);
      await button(page, 'Cancel').click();
      expect(await page.getByRole('radio', { name: /^Off/ }).isChecked()).toBe(true);
      expect(inputsOf(program, 'falcli.apply')).toEqual([]);
      await page.getByRole('radio', { name: /^Profile Each switch/ }).click();
      await button(page, 'Turn on sync').click();
      await page.getByRole('region', { name: 'Status' }).getByText('fal CLI synced').waitFor();
      await expect
        .poll(() => page.getByRole('radio', { name: /^Profile Each switch/ }).isChecked())
        .toBe(true);
      expect(inputsOf(program, 'falcli.apply')).toEqual([
        { profile: 'staging', withKey: false, force: false },
      ]);
      await page.getByRole('radio', { name: /^Off/ }).click();
      await page
        .getByRole('region', { name: 'Status' })
        .getByText('fal CLI synced')
        .waitFor({ state: 'detached' });
    }));

  it('gets a key only after it was said that its file is plain text; the key is masked in the change', () =>
    inWindow({ options: { prepare: takeStagingKey } }, async (page, program) => {
      await goTo(page, /^Settings/);
      await page.getByRole('radio', { name: /^Profile and key/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Sync the fal CLI with the current profile?' });
      await dialog.getByText('The file is plain text.').waitFor();
      await dialog.getByText(/added: key = "[0-9a-f-]+:…"/).waitFor();
      await button(page, 'Turn on sync').click();
      await expect.poll(() => inputsOf(program, 'falcli.setSync')).toEqual([{ inStep: 'key', force: false }]);
    }));

  it('takes the current profile now, with its key only when that is ticked', () =>
    inWindow({ options: { prepare: takeStagingKey } }, async (page, program) => {
      await goTo(page, /^Settings/);
      await button(page, 'Apply now…').click();
      const dialog = page.getByRole('dialog', { name: 'Use staging in the fal CLI?' });
      await dialog.getByText('profile = "staging"').waitFor();
      await dialog.getByRole('checkbox', { name: /Also write its key/ }).check();
      await dialog.getByText(/added: key = "/).waitFor();
      await dialog.getByRole('checkbox').uncheck();
      await dialog.getByText(/added: key = "/).waitFor({ state: 'detached' });
      await button(page, 'Apply').click();
      await page.getByText('The fal CLI now uses staging.').waitFor();
      expect(inputsOf(program, 'falcli.apply')).toEqual([
        { profile: 'staging', withKey: false, force: false },
      ]);
    }));

  it('gives our change back, after it was shown and with what another program has changed since', () =>
    inWindow(
      { options: { prepare: ({ machine }) => setStagingHost(machine, 'one') } },
      async (page, { machine }) => {
        await goTo(page, /^Settings/);
        expect(await button(page, 'Undo change…').count()).toBe(0);
        await button(page, 'Apply now…').click();
        await button(page, 'Apply').click();
        await page.getByText('The fal CLI now uses staging.').waitFor();
        await setStagingHost(machine, 'two');
        await page
          .getByRole('region', { name: 'Notifications' })
          .getByRole('button', { name: 'Undo…' })
          .click();
        const dialog = page.getByRole('dialog', { name: /^Undo Varvel’s last change/ });
        await dialog.getByText('added: profile = "production"').waitFor();
        await dialog.getByText('staging.host').waitFor();
        await button(page, 'Undo change').click();
        await page.getByText('Not undone, because another program changed it: staging.host.').waitFor();
        await card(page).getByText('It uses production.').waitFor();
      },
    ));

  it('gets the comments back that it has dropped', () =>
    inWindow({ options: { prepare: dropComments } }, async (page) => {
      await goTo(page, /^Settings/);
      await button(page, 'Restore comments').click();
      await page.getByText('Comments restored.').waitFor();
      await button(page, 'Restore comments').click();
      await page.getByText('No comments are missing.').waitFor();
    }));

  it('with a file that can’t be read shows why, and offers nothing that would write it', () =>
    inWindow({ options: { falcli: { file: 'malformed' as const } } }, async (page) => {
      await goTo(page, /^Settings/);
      await card(page)
        .getByRole('alert')
        .getByText(/config\.toml .*line 3/)
        .waitFor();
      expect(await card(page).getByRole('button').allTextContents()).toEqual(['Try again']);
      expect(await card(page).getByRole('radio').count()).toBe(0);
    }));

  it('with thousands of profiles stays a short list, which the keyboard goes through', () =>
    inWindow({ options: { falcli: { profiles: 5000 } } }, async (page) => {
      await goTo(page, /^Settings/);
      await rows(page).first().waitFor();
      await button(page, 'staging').focus();
      await page.keyboard.press('End');
      await button(page, 'theirs-4999').waitFor();
      expect(await rows(page).count()).toBeLessThan(40);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Import from the fal CLI' }).waitFor();
      await page.getByRole('button', { name: 'Import 5,002 profiles' }).waitFor();
      expect(
        await page.getByRole('list', { name: 'Profiles to import' }).getByRole('listitem').count(),
      ).toBeLessThan(40);
    }));
});

describe('the import', () => {
  it('says what comes over, under which name, and what stays behind and why', () =>
    inWindow({}, async (page) => {
      await goTo(page, /^Settings/);
      await button(page, 'Import profiles…').click();
      const steps = page.getByRole('list', { name: 'Profiles to import' }).getByRole('listitem');
      await steps.first().waitFor();
      expect(await steps.nth(0).textContent()).toMatch(/staging\s*Already in Varvel/);
      expect(await steps.nth(1).textContent()).toMatch(/production\s*Skipped\. A profile with that name/);
      expect(await steps.nth(4).textContent()).toMatch(/côté client\s*Will be imported as cote-client/);
      await page.getByRole('checkbox', { name: /isn’t allowed in Varvel/ }).uncheck();
      expect(await steps.nth(4).textContent()).toMatch(/Skipped/);
      await button(page, 'Import 1 profile').click();
      await page.getByText('Imported 1 profile from the fal CLI.').waitFor();
      await button(page, 'Show profiles').click();
      await button(page, 'old-demo').waitFor();
      expect(await button(page, 'cote-client').count()).toBe(0);
    }));

  it('into a vault that is locked goes on once its passphrase was given, in the same dialog', () =>
    inWindow({ options: { vault: { passphrase: 'before', given: 'before' } } }, async (page, program) => {
      await button(page, 'staging').waitFor();
      await changePassphrase(program, 'before', 'open sesame');
      await goTo(page, /^Settings/);
      await button(page, 'Import profiles…').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('alert').getByText('Wrong passphrase').waitFor();
      await dialog.getByLabel('Passphrase').fill('open sesame');
      await page.keyboard.press('Enter');
      await button(page, 'Import 2 profiles').click();
      await page.getByText('Imported 2 profiles from the fal CLI.').waitFor();
    }));
});
