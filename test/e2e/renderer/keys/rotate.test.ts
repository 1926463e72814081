import { appendFile, chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { keysOf } from '../../../integration/sandbox/running.ts';
import { button, goTo, withWindows } from '../in-window.ts';
import type { Program } from '../program/program.ts';

const inWindow = withWindows();

const keyOfStaging = ({ varvel }: Program): string => varvel().profiles.get('staging').keyId ?? 'none';
const idsAtFal = async ({ sandbox }: Program) => (await keysOf(sandbox)).map(({ key_id }) => key_id);

async function openGuide(page: Page): Promise<void> {
  await button(page, 'staging').click();
  await button(page, 'Show key').click();
  await button(page, 'Rotate key…').click();
}

const guide = (page: Page) => page.getByRole('dialog', { name: /^Rotat/ });

it('a rotation shows who uses the key, then its progress and the grace period, and is finished from the key’s pane', () =>
  inWindow({}, async (page, program) => {
    const old = keyOfStaging(program);
    await openGuide(page);
    await guide(page).getByText('shop/.envrc').waitFor();
    await guide(page).getByText('staging').first().waitFor();
    expect(await guide(page).getByLabel('Grace period').inputValue()).toBe(String(86_400_000));
    await button(page, 'Rotate key').click();
    await guide(page)
      .getByText(/until .*, \d\d:\d\d/)
      .waitFor();
    expect(keyOfStaging(program)).not.toBe(old);
    await guide(page).getByRole('button', { name: 'Close' }).last().click();
    await page.getByText(/The old key works until/).waitFor();
    for (const act of ['Revoke key…', 'Forget key…']) {
      await button(page, act).click();
      await page.getByText('It is being rotated, which can’t be aborted without it.').waitFor();
      await page.keyboard.press('Escape');
    }
    await button(page, 'Finish now…').click();
    await guide(page).getByRole('button', { name: 'Revoke old key now' }).click();
    await guide(page).getByText('The key is rotated. The old one no longer works.').waitFor();
    expect(await idsAtFal(program)).not.toContain(old);
    expect(program.varvel().activeRotations()).toEqual([]);
  }));

it('a rotation that is aborted gives everything the old key back', () =>
  inWindow({}, async (page, program) => {
    const old = keyOfStaging(program);
    await openGuide(page);
    await button(page, 'Rotate key').click();
    await guide(page).getByRole('button', { name: 'Abort rotation' }).click();
    await guide(page).getByText('Give everything the old key back').waitFor();
    await guide(page)
      .getByText(/until .*, \d\d:\d\d/)
      .waitFor();
    expect(keyOfStaging(program)).toBe(old);
    await guide(page).getByRole('button', { name: 'Revoke new key now' }).click();
    await guide(page).getByText('The rotation is aborted.').waitFor();
    expect(await idsAtFal(program)).toContain(old);
  }));

it('a file that can’t be changed stops it: the guide, the pane, the row and Doctor say so, and it goes on', () =>
  inWindow({}, async (page, program) => {
    const old = keyOfStaging(program);
    const file = join(program.machine.home, 'shop/.envrc');
    await chmod(file, 0o400);
    await openGuide(page);
    await guide(page).getByText('shop/.envrc').waitFor();
    await button(page, 'Rotate key').click();
    await guide(page)
      .getByText(/\.envrc is read-only/)
      .first()
      .waitFor();
    await guide(page).getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('Being replaced by').waitFor();
    await goTo(page, /^Keys/);
    await page.getByText('Rotation stopped').first().waitFor();
    expect(await idsAtFal(program)).toContain(old);
    await goTo(page, /^Doctor/);
    await page
      .getByText(/doesn’t go on\..*read-only/)
      .first()
      .waitFor();
    await chmod(file, 0o600);
    await button(page, 'Open rotation…').click();
    await guide(page).getByRole('button', { name: 'Try again' }).click();
    await guide(page)
      .getByText(/until .*, \d\d:\d\d/)
      .waitFor();
    expect(await readFile(file, 'utf8')).not.toContain(`${old}:`);
  }));

it('a key that stands where Varvel didn’t write it stops it too, and somebody who has seen it can go on without it', () =>
  inWindow({}, async (page, program) => {
    const old = keyOfStaging(program);
    const file = join(program.machine.home, 'shop/.envrc');
    const key = (await readFile(file, 'utf8')).match(/[0-9a-f-]{36}:\w+/)?.[0] ?? 'none';
    await appendFile(file, `export OTHER_KEY=${key}\n`);
    await openGuide(page);
    await guide(page).getByText('shop/.envrc').waitFor();
    await button(page, 'Rotate key').click();
    await guide(page)
      .getByText(/\.envrc still has the key where Varvel doesn’t change it: line \d+/)
      .first()
      .waitFor();
    await guide(page).getByRole('button', { name: 'Go on without it' }).click();
    await guide(page)
      .getByText(/until .*, \d\d:\d\d/)
      .waitFor();
    expect(await readFile(file, 'utf8')).toContain(`OTHER_KEY=${old}:`);
  }));
