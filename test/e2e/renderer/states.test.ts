import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canary } from './fake-people.ts';
import { type Shown, startWindows, type Windows } from './open-window.ts';

let windows: Windows;
beforeAll(async () => {
  windows = await startWindows();
});
afterAll(() => windows.close());

/** Opens a window, does something in it, and sees that nothing was complained of. */
async function inWindow(shown: Shown, doIt: (page: Page) => Promise<void>): Promise<void> {
  const opened = await windows.open(shown);
  try {
    await opened.page.locator('main').first().waitFor();
    await doIt(opened.page);
    expect(await opened.complaints()).toEqual([]);
  } finally {
    await opened.close();
  }
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const goTo = (page: Page, screen: RegExp) =>
  page.getByRole('navigation').getByRole('button', { name: screen }).click();
const unreachable = { code: 'unreachable', message: 'fal can’t be reached.', hint: 'Check the network.' };

async function openStagingKey(page: Page): Promise<void> {
  await button(page, 'staging').click();
  await button(page, 'Show its key').click();
}

describe('what other processes do', () => {
  it('shows within a second', () =>
    inWindow({}, async (page) => {
      await button(page, /^Current profile: staging/).waitFor();
      await page.evaluate(() => window.fake.switchElsewhere('night-shift'));
      await button(page, /^Current profile: night-shift/).waitFor({ timeout: 1000 });
    }));

  it('a command from the menu opens what it names', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').waitFor();
      await page.evaluate(() => window.fake.emit('command', { command: 'new-key' }));
      await page.getByRole('heading', { name: 'Create a key' }).waitFor();
    }));
});

describe('a profile', () => {
  it('that was deleted comes back with Undo, current again', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').click();
      await button(page, 'Delete…').click();
      await page.getByText('It is the current profile').waitFor();
      await button(page, 'Delete').click();
      await button(page, /^Current profile: No profile/).waitFor();
      await button(page, 'Undo').click();
      await button(page, /^Current profile: staging/).waitFor();
      await button(page, 'staging').click();
      await page.getByRole('complementary').getByText('For the shop’s staging site').waitFor();
    }));

  it('is edited where it stands; a name that can’t be says why', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').click();
      await button(page, 'Edit name').click();
      await page.getByRole('textbox', { name: 'Name' }).fill('has blanks in it');
      await page.keyboard.press('Enter');
      await page
        .getByRole('alert')
        .getByText('A profile can’t be named so')
        .or(page.getByRole('alert').getByText("A profile can't be named so"))
        .waitFor();
      await page.getByRole('textbox', { name: 'Name' }).fill('stage');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'Profile stage' }).waitFor();
      await page.getByRole('radio', { name: 'violet' }).check({ force: true });
      expect(await page.getByRole('radio', { name: 'violet' }).isChecked()).toBe(true);
      await button(page, 'Edit note').click();
      await page.keyboard.type('!');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('complementary').getByText('staging site!').waitFor();
    }));
});

describe('a test', () => {
  it('of all keys shows its progress and can be cancelled', () =>
    inWindow({ options: { testTime: 2000 } }, async (page) => {
      await button(page, 'Test all').click();
      await page.getByText(/Testing \d of 7 keys/).waitFor();
      await button(page, 'Cancel').click();
      await page.getByText(/Stopped after \d keys?\./).waitFor();
    }));

  it('of a locked account says why and what to do next', () =>
    inWindow({}, async (page) => {
      await button(page, 'client-kestrel').click();
      const verdict = page.getByRole('region', { name: 'Verdict' });
      await verdict.getByText('Locked').waitFor();
      await verdict.getByText('Exhausted balance.').waitFor();
      await button(page, 'Open billing at fal').waitFor();
    }));

  it('that breaks off leaves the last verdict and says so', () =>
    inWindow({}, async (page) => {
      await button(page, 'Test staging').waitFor();
      await page.evaluate((problem) => window.fake.fail('keys.test', problem), unreachable);
      await button(page, 'Test staging').click();
      await page.getByRole('region', { name: 'Messages' }).getByText('fal can’t be reached.').waitFor();
    }));
});

describe('a secret', () => {
  it('comes into the window only when it is revealed, and hides again', () =>
    inWindow({}, async (page) => {
      await openStagingKey(page);
      await button(page, 'Copy').first().click();
      await page.getByText('It leaves the clipboard').waitFor();
      const holds = () =>
        page.evaluate(
          (secret) =>
            window.fake.traffic
              .filter(({ answer }) => JSON.stringify(answer).includes(secret))
              .map(({ method }) => method),
          canary,
        );
      expect(await holds()).toEqual([]);
      await page.clock.install();
      await button(page, 'Reveal…').click();
      await button(page, /^Reveal for/).click();
      await page.getByText(canary).waitFor();
      expect(await holds()).toEqual(['keys.reveal']);
      await page.clock.runFor(15_500);
      expect(await page.getByText(canary).count()).toBe(0);
      expect(await page.content()).not.toContain(canary);
    }));

  it('that could not be stored is shown once, and not lost by Escape', () =>
    inWindow({}, async (page) => {
      await goTo(page, /^Keys/);
      await page.evaluate(() => window.fake.failNextStore());
      await button(page, 'Create a key').click();
      await page.getByRole('textbox', { name: 'Name' }).fill('lost');
      await page.keyboard.press('Enter');
      await page.getByText(canary).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByText(canary).waitFor();
      await page.getByRole('checkbox').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await page.getByText(canary).waitFor({ state: 'detached' });
    }));
});

describe('revoking', () => {
  it('names the profiles that break, and wants the key’s name typed', () =>
    inWindow({}, async (page) => {
      await openStagingKey(page);
      await button(page, 'Revoke at fal…').click();
      await page.getByRole('dialog').getByText('staging', { exact: true }).waitFor();
      expect(await button(page, 'Revoke').isDisabled()).toBe(true);
      await page.getByLabel('Type build-bots to confirm').fill('build-bot');
      await page.keyboard.press('Enter');
      expect(await button(page, 'Revoke').isDisabled()).toBe(true);
      await page.evaluate((problem) => window.fake.fail('keys.revoke', problem), unreachable);
      await page.getByLabel('Type build-bots to confirm').fill('build-bots');
      await button(page, 'Revoke').click();
      await page.getByRole('dialog').getByRole('alert').getByText('fal can’t be reached.').waitFor();
    }));
});

describe('when something is not there', () => {
  it('a vault that locks while the window is open says so, and opens with the passphrase', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').waitFor();
      const problem = { code: 'vault_locked', message: 'The vault is locked.', hint: 'Give its passphrase.' };
      await page.evaluate((locked) => window.fake.setVault({ kind: 'file', problem: locked }), problem);
      await page.getByText('The vault is locked.').waitFor();
      await button(page, 'Copy the key of staging').click();
      await page.getByRole('region', { name: 'Messages' }).getByText('The vault is locked.').waitFor();
      await page.getByLabel('Passphrase').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('That is not the passphrase.').waitFor();
      await page.getByLabel('Passphrase').fill('open sesame');
      await page.keyboard.press('Enter');
      await page.getByLabel('Passphrase').waitFor({ state: 'detached' });
    }));

  it('a vault that locks without a word is noticed by the first action that needs it', () =>
    inWindow({}, async (page) => {
      await button(page, 'staging').waitFor();
      const problem = { code: 'vault_locked', message: 'The keychain is locked.', hint: 'Unlock it.' };
      await page.evaluate(
        (locked) => window.fake.setVault({ kind: 'keychain', problem: locked }, true),
        problem,
      );
      await button(page, 'Copy the key of staging').click();
      await page.getByRole('region', { name: 'Vault' }).getByText('The keychain is locked.').waitFor();
    }));

  it('fal: what is known stays', () =>
    inWindow({ options: { failures: { 'keys.refresh': unreachable } } }, async (page) => {
      await goTo(page, /^Keys/);
      await page.getByText('What is shown is what was known before.').waitFor();
      await button(page, 'old-laptop').waitFor();
      await page.evaluate(() => window.fake.fail('keys.refresh', null));
      await button(page, 'Try again').click();
      await page.getByText('fal asked just now').waitFor();
    }));

  it('the state: it says so, and reads it again when asked', () =>
    inWindow(
      {
        options: {
          failures: {
            'profiles.list': { code: 'state_corrupt', message: 'The state can’t be read.', hint: '' },
          },
        },
      },
      async (page) => {
        await page.getByRole('alert').getByText('The state can’t be read.').waitFor();
        await page.evaluate(() => window.fake.fail('profiles.list', null));
        await button(page, 'Try again').click();
        await button(page, 'staging').waitFor();
      },
    ));
});

describe('signing in', () => {
  const quick = { firstRun: true, environment: 'fal', signInAfter: 300 };

  it('can be cancelled, and begun again', () =>
    inWindow({ options: { firstRun: true, environment: 'fal' } }, async (page) => {
      await button(page, 'Sign in with Google').click();
      await page.getByLabel('Code', { exact: true }).waitFor();
      await button(page, 'Cancel').click();
      await page.getByText('The sign-in was cancelled.').waitFor();
      await button(page, 'Sign in with GitHub').click();
      await page.getByLabel('Code', { exact: true }).waitFor();
    }));

  it('that fal refuses says why', () =>
    inWindow({ options: { ...quick, failures: { 'identities.signIn': unreachable } } }, async (page) => {
      await button(page, 'Sign in with GitHub').click();
      await page.getByRole('alert').getByText('fal can’t be reached.').waitFor();
    }));

  it('by SSO warns that it is another user with the same e-mail', () =>
    inWindow({ options: { signInAfter: 200 } }, async (page) => {
      await goTo(page, /^Accounts/);
      await button(page, 'Sign in…').click();
      await button(page, 'Sign in with SSO').click();
      await page.getByLabel('SSO domain').fill('not a domain');
      await page.keyboard.press('Enter');
      await page.getByText('Type your company’s domain').waitFor();
      await page.getByLabel('SSO domain').fill('Example.com');
      await page.keyboard.press('Enter');
      await page.getByText('For fal these are two users').waitFor();
      await page.getByText('SSO, example.com').first().waitFor();
    }));
});

describe('in the web view', () => {
  it('a key is pasted into a field, and copying says that it passes through the page', () =>
    inWindow({ options: { face: 'web' } }, async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await goTo(page, /^Keys/);
      await button(page, 'Add a key…').click();
      await page.getByLabel('Key', { exact: true }).fill(`11111111-2222-4333-8444-555555555555:${canary}`);
      await button(page, 'Add the key').click();
      await page.getByText('Stored in your keychain.').waitFor();
      await button(page, 'Done').click();
      await button(page, 'Copy').first().click();
      await page.getByText('passes through this page').waitFor();
      await goTo(page, /^Profiles/);
      await button(page, 'staging').click();
      expect(await button(page, 'Export line…').count()).toBe(0);
    }));
});

describe('at 480 px', () => {
  it.each([/^Profiles/, /^Keys/, /^Accounts/, /^Activity/, /^Settings/])(
    'nothing of %s is cut off',
    (screen) =>
      inWindow({ size: { width: 480, height: 800 } }, async (page) => {
        await goTo(page, screen);
        await page.waitForTimeout(200);
        const beyond = await page.evaluate(() =>
          [...document.querySelectorAll('button, input, select, h1, h2, b')]
            .filter(
              (element) =>
                !element.closest('.unseen') && element.getBoundingClientRect().right > innerWidth + 1,
            )
            .map((element) => element.outerHTML.slice(0, 120)),
        );
        expect(beyond).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
      }),
  );
});
