import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningSandbox } from './running.ts';
import { poll, startDevice } from './sign-in.ts';

const sandbox = runningSandbox();

/** The Chromium on the PATH. @throws Error when there is none, since these pages must be seen by a real browser */
const findChromium = (): string => {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
    for (const folder of folders) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {}
    }
  throw new Error('there is no Chromium on the PATH');
};

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
});

afterAll(async () => {
  await browser.close();
});

const visit = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(url);
  return page;
};

describe('the login pages in Chromium', () => {
  it('hold each person once with JavaScript, and a click signs in', async () => {
    const { device_code, verification_uri_complete } = await startDevice(sandbox());
    const page = await visit(`${verification_uri_complete}&connection=google`);
    expect(await page.locator('[data-person="ada"]').count()).toBe(1);
    await page.locator('[data-person="ada"]').click();
    await page.getByText('You can close this window').waitFor();
    expect((await poll(sandbox(), device_code)).status).toBe(200);
  });

  it('sign in by a link without JavaScript', async () => {
    const { device_code, verification_uri_complete } = await startDevice(sandbox());
    const page = await visit(`${verification_uri_complete}&connection=github`, { javaScriptEnabled: false });
    await page.locator('a[data-person="ada"]').click();
    await page.getByText('You can close this window').waitFor();
    expect((await poll(sandbox(), device_code)).status).toBe(200);
  });

  it('lead from signing out over SSO to the end', async () => {
    const { device_code, verification_uri_complete } = await startDevice(sandbox());
    const { issuer, clientId } = sandbox().environment;
    const query = new URLSearchParams({ client_id: clientId, returnTo: verification_uri_complete });
    const page = await visit(`${issuer}v2/logout?${query}`);
    await page.getByPlaceholder('example.com').fill('Example.com');
    await page.getByRole('button', { name: 'Continue with SSO' }).click();
    await page.locator('[data-person="ada-sso"]').click();
    await page.getByText('You can close this window').waitFor();
    expect((await poll(sandbox(), device_code)).status).toBe(200);
  });

  it('send a native program’s browser back to its loopback address, past their own policy', async () => {
    const { issuer, clientId } = sandbox().environment;
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:9/callback',
      scope: 'openid',
      state: 'a-state-of-its-own',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      connection: 'github',
    });
    const page = await visit(`${issuer}authorize?${query}`);
    const back = page.waitForRequest(/^http:\/\/127\.0\.0\.1:9\/callback\?/);
    await page.locator('[data-person="ada"]').click();
    expect(new URL((await back).url()).searchParams.get('code')).not.toBe('');
  });

  it('fit a narrow window and follow light and dark', async () => {
    const { verification_uri_complete } = await startDevice(sandbox());
    const options = { viewport: { width: 320, height: 640 } };
    const backgrounds = await Promise.all(
      (['light', 'dark'] as const).map(async (colorScheme) => {
        const page = await visit(`${verification_uri_complete}&connection=google`, {
          ...options,
          colorScheme,
        });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
        return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      }),
    );
    expect(backgrounds[0]).not.toBe(backgrounds[1]);
  });
});
