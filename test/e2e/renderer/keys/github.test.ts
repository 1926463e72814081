import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordingGithub } from '../../../integration/cli/github-program.ts';
import { button, withWindows } from '../in-window.ts';

const inWindow = withWindows();

let root: string;
let gh: Awaited<ReturnType<typeof recordingGithub>>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'varvel-gh-'));
  gh = await recordingGithub(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

it('a key is exported to GitHub Actions, stands where it is used, follows a rotation, and is deleted there', () =>
  inWindow({ options: { variables: { PATH: gh.folder } } }, async (page, program) => {
    const dialog = page.getByRole('dialog');
    const used = page.getByRole('region', { name: 'Used in' });
    const setTo = async () => (await gh.calls()).at(-1)?.input.split(':')[0];
    const keyOfStaging = () => program.varvel().profiles.get('staging').keyId;
    await button(page, 'staging').click();
    await button(page, 'Export…').click();
    await dialog.getByRole('tab', { name: 'To GitHub' }).click();
    await dialog.getByLabel('Repository').fill('acme/shop');
    await dialog.getByLabel('Environment').fill('production');
    await gh.ends(4, 'To get started with GitHub CLI, please run:  gh auth login');
    await dialog.getByRole('button', { name: 'Set secret' }).click();
    await dialog.getByText(/gh isn’t signed in/).waitFor();
    await gh.works();
    await dialog.getByRole('button', { name: 'Set secret' }).click();
    await page.getByText('Set FAL_KEY of acme/shop (production) to the key of staging.').waitFor();
    await used.getByText('GitHub Actions, acme/shop (production)').waitFor();
    expect(await setTo()).toBe(keyOfStaging());

    await button(page, 'Show key').click();
    await button(page, 'Rotate key…').click();
    await dialog.getByText('FAL_KEY of acme/shop (production)').waitFor();
    await button(page, 'Rotate key').click();
    await dialog.getByText(/1 GitHub secret/).waitFor();
    expect(await setTo()).toBe(keyOfStaging());
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await button(page, /^Profiles/)
      .first()
      .click();
    await button(page, 'staging').click();
    await button(page, 'Delete secret FAL_KEY of acme/shop (production)…').click();
    await dialog.getByRole('button', { name: 'Delete secret' }).click();
    await page.getByText('Deleted secret FAL_KEY of acme/shop (production).').waitFor();
    await used.getByText('GitHub Actions').waitFor({ state: 'detached' });
  }));
