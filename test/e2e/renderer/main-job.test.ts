import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWindows, type Windows } from './open-window.ts';
import { carriersOf, type Program } from './program/program.ts';

let windows: Windows;
beforeAll(async () => {
  windows = await startWindows();
});
afterAll(() => windows.close());

const firstRun = { firstRun: true, signInAfter: 700 };

/** The secret half of each key, and the tokens, that the vault holds. */
const secretsOf = ({ secrets }: Program): string[] =>
  [...secrets.entries].flatMap(([name, text]) =>
    name.startsWith('key/') ? text.split(':').slice(1) : [text],
  );

describe('the main job', () => {
  it('is done by mouse: sign in, key, profile, test, picture, switch, revoke', async () => {
    const { page, program, complaints, close } = await windows.open({ options: firstRun });
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name });

    await button('Sign in with GitHub').click();
    const code = page.getByLabel('Code', { exact: true });
    await expect.poll(() => code.textContent()).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    await page.getByText('Signed in as Ada Lovelace').waitFor();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.getByText('$412.08').waitFor();

    await button('Create key for falconers').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('render farm');
    await inDialog('Create key').click();
    await page.getByText('Stored in your keychain.').waitFor();
    await inDialog('Create profile').click();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('render-farm');
    await inDialog('Create profile').click();
    await page.getByRole('complementary', { name: 'Profile render-farm' }).waitFor();
    await button(/^Current profile: render-farm/).waitFor();

    await page.getByRole('complementary').getByRole('button', { name: 'Test' }).click();
    await page.getByRole('region', { name: 'Test result' }).getByText('Valid').waitFor();

    await button(/Generate picture · \$0.003/).click();
    await page.getByText('$0.003 per image').waitFor();
    await button(/^Generate · /).click();
    await page.getByRole('img', { name: /engraved brass ring/ }).waitFor();
    await button('Close').last().click();

    await button('Copy').first().click();
    await page.getByText('The clipboard will be cleared in 45 s.').waitFor();

    await button('Create profile').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('second');
    // not suggested for a profile without a key
    await page.getByLabel('Switch to it now').check();
    await inDialog('Create profile').click();
    await button(/^Current profile: second/).waitFor();
    await button('Use render-farm').click();
    await button(/^Current profile: render-farm/).waitFor();

    await page.getByRole('button', { name: 'render-farm', exact: true }).click();
    await button('Show key').click();
    const secrets = secretsOf(program);
    expect(secrets.length).toBeGreaterThan(2);
    await button('Revoke key…').click();
    await page.getByText('1 profile will have no key:').waitFor();
    await page.getByLabel('Type render farm to confirm').fill('render farm');
    await inDialog('Revoke key').click();
    await page.getByText('Revoked render farm.').waitFor();
    await page.getByText('render-farm now has no key.').waitFor();

    expect(carriersOf(program, secrets)).toEqual([]);
    expect(await complaints()).toEqual([]);
    await close();
  });

  it('is done by the keyboard alone', async () => {
    const { page, complaints, close } = await windows.open({ options: firstRun });
    const { keyboard } = page;
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement instanceof HTMLInputElement) return activeElement.labels?.[0]?.textContent ?? '';
        return activeElement === document.body
          ? ''
          : activeElement?.textContent || activeElement?.ariaLabel || '';
      });
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        if (name.test(await focused())) return;
        await keyboard.press('Tab');
      }
      throw new Error(`The Tab key does not lead to ${name}: it stays at ${await focused()}`);
    };
    const palette = async (words: string): Promise<void> => {
      await keyboard.press('Control+k');
      await keyboard.type(words);
      await keyboard.press('Enter');
    };

    await page.getByRole('heading', { name: 'Varvel' }).waitFor();
    await tabTo(/Sign in with GitHub/);
    await keyboard.press('Enter');
    await page.getByText('Signed in as Ada Lovelace').waitFor();

    await palette('create key');
    await keyboard.type('night');
    await keyboard.press('Enter');
    await page.getByText('Stored in your keychain.').waitFor();
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Create profile' }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Profile night' }).waitFor();

    await tabTo(/^Test$/);
    await keyboard.press('Enter');
    await page.getByRole('region', { name: 'Test result' }).getByText('Valid').waitFor();
    await palette('generate');
    await page.getByText('$0.003 per image').waitFor();
    await tabTo(/^Generate · /);
    await keyboard.press('Enter');
    await page.getByRole('img', { name: /engraved brass ring/ }).waitFor();
    await keyboard.press('Escape');

    await palette('create profile');
    await page.getByRole('heading', { name: 'Create profile' }).waitFor();
    await keyboard.type('dawn');
    await tabTo(/Switch to it now/);
    await keyboard.press('Space');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: /^Current profile: dawn/ }).waitFor();
    await keyboard.press('Control+p');
    await keyboard.type('nig');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: /^Current profile: night/ }).waitFor();

    await keyboard.press('Control+2');
    await page.getByText('Updated ').waitFor();
    await keyboard.press('/');
    await keyboard.type('night');
    await keyboard.press('Enter');
    await expect.poll(focused).toBe('night');
    await keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Key night' }).waitFor();
    await tabTo(/^Revoke key/);
    await keyboard.press('Enter');
    await keyboard.type('night');
    await keyboard.press('Enter');
    await page.getByText('Revoked night.').waitFor();

    expect(await complaints()).toEqual([]);
    await close();
  });
});

describe('in a list', () => {
  it('arrows move, Enter opens the pane, Escape goes back to the row', async () => {
    const { page, close } = await windows.open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.getByRole('button', { name: 'production', exact: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('client-kestrel');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    await expect.poll(focused).toBe('mews-admin');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Profile mews-admin' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('mews-admin');
    expect(await page.getByRole('complementary').count()).toBe(0);
    await page.keyboard.press('End');
    await expect.poll(focused).toBe('staging');
    await page.keyboard.press('k');
    await expect.poll(focused).toBe('sketchbook');
    await page.keyboard.press('u');
    // it has no key
    await page.getByRole('button', { name: 'Switch anyway' }).click();
    await page.getByRole('button', { name: /^Current profile: sketchbook/ }).waitFor();
    await close();
  });

  it('a menu gives the focus back to its button, and so does the dialog that it opened', async () => {
    const { page, close } = await windows.open();
    await page.getByRole('button', { name: 'More actions for staging' }).click();
    await page.getByRole('menuitem', { name: 'Delete profile…' }).click();
    await page.getByRole('heading', { name: 'Delete staging?' }).waitFor();
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('More actions for staging');
    await close();
  });
});
