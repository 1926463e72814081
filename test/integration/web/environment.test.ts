import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { newMachine } from '../cli/machine.ts';
import { createPlainBrowser } from '../sandbox/plain-browser.ts';
import { listen } from './listener.ts';
import { serve } from './served.ts';

const machine = newMachine({ vault: 'file' });
const SignInStep = z.object({ url: z.string() });

it('the window looks around in a sandbox of its own, and goes back to fal', async () => {
  const { VARVEL_ENVIRONMENT: _, ...env } = machine().env;
  await using here = await serve({ env });
  const windows = [await listen(here), await listen(here)];
  const name = async () =>
    z
      .object({ ok: z.object({ environment: z.object({ name: z.string() }) }) })
      .parse(await here.call('app.start')).ok.environment.name;
  expect(await name()).toBe('fal');
  expect(await here.call('app.setEnvironment', { name: 'sandbox' })).toEqual({ ok: null });
  for (const window of windows) {
    expect((await window.next(({ event }) => event === 'environment')).payload).toEqual({ name: 'sandbox' });
  }
  expect(await name()).toBe('sandbox');

  const signedIn = here.call('identities.signIn', {
    run: randomUUID(),
    connection: 'google',
    flow: 'loopback',
  });
  const [window] = windows;
  const step = await window?.next(({ event }) => event === 'signIn');
  const browser = createPlainBrowser();
  await browser.follow(await browser.open(SignInStep.parse(step?.payload).url), 'data-person="grace"');
  expect(await signedIn).toMatchObject({ ok: { identity: { email: 'grace@example.org' } } });

  // leaving ends what waits, and what is there stays there
  const waiting = here.call('identities.signIn', { run: randomUUID(), connection: 'github', flow: 'device' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await here.call('app.setEnvironment', { name: 'fal' })).toEqual({ ok: null });
  expect(await waiting).toMatchObject({ error: { code: 'cancelled' } });
  expect(await name()).toBe('fal');
  expect(await here.call('identities.list')).toEqual({ ok: [] });
  await Promise.all([1, 2].map(() => here.call('app.setEnvironment', { name: 'sandbox' })));
  expect(await here.call('identities.list')).toMatchObject({ ok: [{ email: 'grace@example.org' }] });
  for (const open of windows) open.close();
});

it('two windows that go to the sandbox at once start one', async () => {
  const { VARVEL_ENVIRONMENT: _, ...env } = machine().env;
  await using here = await serve({ env });
  const window = await listen(here);
  const answers = await Promise.all(
    [1, 2, 3].map(() => here.call('app.setEnvironment', { name: 'sandbox' })),
  );
  expect(answers).toEqual([{ ok: null }, { ok: null }, { ok: null }]);
  const names = window.heard.filter(({ event }) => event === 'environment');
  expect(names).toHaveLength(3);
  window.close();
});

it('a window started on a sandbox comes back to that one', async () => {
  const { signIn, env } = machine();
  await signIn('ada', 'github');
  await using here = await serve({ env });
  expect(await here.call('app.setEnvironment', { name: 'fal' })).toEqual({ ok: null });
  expect(await here.call('identities.list')).toEqual({ ok: [] });
  expect(await here.call('app.setEnvironment', { name: 'sandbox' })).toEqual({ ok: null });
  // that sandbox knows the sign-in; another one would have ended it
  expect(await here.call('accounts.refresh')).toMatchObject({ ok: { problems: [] } });
  expect(await here.call('identities.list')).toMatchObject({ ok: [{ signedIn: true }] });
});
