import { execFileSync } from 'node:child_process';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, goTo, withWindows } from '../in-window.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const dialog = (page: Page) => page.getByRole('dialog', { name: /^Find copies/ });

/** The key of staging in a project: in a file, in a note, and in git's history. */
async function plant({ machine, varvel }: Program): Promise<{ folder: string; key: string; note: string }> {
  const { FAL_KEY: key } = await varvel().exports.variables(varvel().profiles.get('staging'));
  const folder = join(machine.home, 'code', 'pictures');
  await mkdir(folder, { recursive: true });
  const note = join(folder, 'notes.md');
  await writeFile(note, `# Notes\n\nUse ${key} for now.\n`);
  await writeFile(join(folder, 'run.sh'), `#!/bin/sh\nexport FAL_KEY=${key}\nnode main.mjs\n`);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder });
  git('init', '-q');
  git('add', 'notes.md');
  git('commit', '-qm', 'notes');
  return { folder, key, note };
}

async function search(page: Page, folder: string): Promise<void> {
  await dialog(page).getByLabel('Folder or file').fill(folder);
  await dialog(page).getByRole('button', { name: 'Search', exact: true }).click();
  await dialog(page)
    .getByText(/^Found /)
    .waitFor();
}

it('copies are found by key, scrubbed, and put back by Undo, and the secret never comes to the window', () =>
  inWindow({}, async (page, program) => {
    const { folder, key, note } = await plant(program);
    const before = await readFile(note, 'utf8');
    await goTo(page, /^Keys/);
    await button(page, 'Find copies…').click();
    await search(page, folder);
    await dialog(page).getByText('notes.md').first().waitFor();
    await dialog(page)
      .getByText(/commit [0-9a-f]{8}, notes\.md line 3/)
      .waitFor();
    expect(await page.content()).not.toContain(key.split(':')[1]);

    await dialog(page).getByRole('button', { name: 'Scrub 2 copies' }).click();
    await dialog(page)
      .getByText(/Scrubbed 2 copies in 2 files/)
      .waitFor();
    expect(await readFile(note, 'utf8')).toBe(before.replace(/:[0-9a-f]{32}/, ':removed_by_varvel'));
    // what git keeps stays in the list
    await dialog(page)
      .getByText(/Only another key helps/)
      .waitFor();
    await dialog(page).getByRole('button', { name: 'Undo' }).click();
    await dialog(page).getByRole('button', { name: 'Scrub 2 copies' }).waitFor();
    expect(await readFile(note, 'utf8')).toBe(before);
  }));

it('a reference takes the key’s place where one can stand, and what is left is said', () =>
  inWindow({}, async (page, program) => {
    const { folder } = await plant(program);
    await goTo(page, /^Keys/);
    await button(page, 'Find copies…').click();
    await search(page, folder);
    await dialog(page).getByRole('button', { name: 'Replace by reference' }).click();
    await dialog(page)
      .getByText(/Replaced 1 copy in 1 file/)
      .waitFor();
    await dialog(page)
      .getByText(/No reference can stand in place of 1 copy/)
      .waitFor();
    expect(await readFile(join(folder, 'run.sh'), 'utf8')).toBe('#!/bin/sh\nnode main.mjs\n');
    await dialog(page).getByRole('button', { name: 'Rotate key…' }).click();
    await page.getByRole('dialog', { name: /^Rotate/ }).waitFor();
  }));

it('a search for one key, begun in its pane, leaves others out', () =>
  inWindow({}, async (page, program) => {
    const { folder, key } = await plant(program);
    const others = [...program.secrets.entries.values()].filter(
      (text) => /^\S+:\S{12,}$/.test(text) && text !== key,
    );
    await writeFile(join(folder, 'others.txt'), others.join('\n'));
    await button(page, 'staging').click();
    await button(page, 'Show key').click();
    await page.getByRole('complementary').getByRole('button', { name: 'Find copies…' }).click();
    await search(page, folder);
    await dialog(page).getByText('run.sh').waitFor();
    expect(others.length).toBeGreaterThan(0);
    expect(await dialog(page).getByText('others.txt').count()).toBe(0);
  }));

it('a search that goes on shows how far it is, and is cancelled by a button, or by closing it', () =>
  inWindow({}, async (page, program) => {
    const { folder } = await plant(program);
    // many gigabytes that no disk has
    for (let index = 0; index < 100; index += 1) {
      await writeFile(join(folder, `file-${index}`), '');
      await truncate(join(folder, `file-${index}`), 1_000_000_000);
    }
    await goTo(page, /^Keys/);
    for (const end of ['Cancel', 'Close']) {
      await button(page, 'Find copies…').click();
      await dialog(page).getByLabel('Folder or file').fill(folder);
      await dialog(page).getByRole('button', { name: 'Search', exact: true }).click();
      await dialog(page)
        .getByText(/^Searched \d+ files?, \d+ MB\./)
        .waitFor();
      await dialog(page).getByRole('button', { name: end }).first().click();
      const cancelled = () =>
        program.calls.filter(({ method, answer }) => method === 'find.search' && 'error' in answer).length;
      await expect.poll(cancelled).toBe(end === 'Cancel' ? 1 : 2);
      if (end === 'Cancel') {
        await dialog(page).getByRole('button', { name: 'Search', exact: true }).waitFor();
        await dialog(page).getByRole('button', { name: 'Close' }).first().click();
      }
    }
  }));

it('a vault that can’t be read is said in the dialog', () =>
  inWindow({}, async (page, program) => {
    program.fail('find.search', {
      code: 'vault_locked',
      message: 'The vault is locked.',
      hint: { action: 'unlock_vault' },
    });
    await goTo(page, /^Keys/);
    await button(page, 'Find copies…').click();
    await dialog(page).getByRole('button', { name: 'Search', exact: true }).click();
    await dialog(page).getByText('The vault is locked.').first().waitFor();
  }));
