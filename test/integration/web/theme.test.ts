import { expect, it } from 'vitest';
import { newMachine } from '../cli/machine.ts';
import { type Served, serve } from './served.ts';

const machine = newMachine({ vault: 'file' });

const page = async ({ origin, cookie }: Served): Promise<string> =>
  (await fetch(`${origin}/`, { headers: { cookie } })).text();

it('the web view’s page comes in the theme that was chosen, so that nothing flashes', async () => {
  await using here = await serve({ env: machine().env });
  expect(await page(here)).toMatch(/<html lang="en">/);
  await here.call('settings.change', { theme: 'dark' });
  expect(await page(here)).toMatch(/<html data-theme="dark" lang="en">/);
  await here.call('settings.change', { theme: 'light' });
  expect(await page(here)).toMatch(/<html data-theme="light" lang="en">/);
  await here.call('settings.change', { theme: 'system' });
  expect(await page(here)).not.toContain('data-theme');
});
