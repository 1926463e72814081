import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type EventPayload, events } from '../../../contract/events.ts';
import { startSandbox } from '../../../sandbox/start.ts';
import { makeMachine, newMachine } from '../cli/machine.ts';
import { createPlainBrowser } from '../sandbox/plain-browser.ts';
import { ask } from '../sandbox/running.ts';
import { type Listener, listen } from './listener.ts';
import { type Served, serve } from './served.ts';

const machine = newMachine({ vault: 'file' });
const serving = (): Promise<Served> => serve({ env: machine().env });

/** Starts a sign-in as a window does. @returns its answer, and what the window shows meanwhile */
async function begin(here: Served, window: Listener, flow: 'device' | 'loopback', connection: string | null) {
  const run = randomUUID();
  const answer = here.call('identities.signIn', { run, connection, flow });
  const isOurs = ({ event, payload }: { event: string; payload: unknown }) =>
    event === 'signIn' && z.parse(events.signIn, payload).run === run;
  const step = z.parse(events.signIn, (await window.next(isOurs)).payload);
  return { run, answer, step };
}

const codeOf = (step: EventPayload<'signIn'>): string | null =>
  step.step === 'confirm_code' ? step.userCode : null;

const confirm = (step: EventPayload<'signIn'>, person: string) =>
  ask(`${machine().sandbox.control}/approve`, { body: { user_code: codeOf(step), person } });

describe('signing in from the window', () => {
  it('shows the code and its address where no browser can be opened', async () => {
    await using here = await serving();
    const window = await listen(here);
    const { step, answer } = await begin(here, window, 'device', 'github');
    expect(step).toMatchObject({
      step: 'confirm_code',
      opened: false,
      userCode: expect.stringMatching(/^\w{4}-\w{4}$/),
    });
    expect(step.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await confirm(step, 'ada');
    expect(await answer).toMatchObject({ ok: { identity: { email: 'ada@example.com', signedIn: true } } });
    expect((await machine().varvel('whoami')).stdout).toContain('ada@example.com');
    window.close();
  });

  it('comes back by itself with the loopback flow', async () => {
    await using here = await serving();
    const window = await listen(here);
    const { step, answer } = await begin(here, window, 'loopback', 'google');
    expect(step).toEqual({ run: step.run, step: 'open_page', url: step.url, opened: false });
    const browser = createPlainBrowser();
    await browser.follow(await browser.open(step.url), 'data-person="grace"');
    expect(await answer).toMatchObject({ ok: { identity: { email: 'grace@example.org' } } });
    window.close();
  });

  it('opens its page once more for as long as it waits, and no longer', async () => {
    const opened = join(machine().root, 'opened');
    const browser = join(machine().root, 'browser');
    writeFileSync(browser, `#!/bin/sh\necho "$1" >> '${opened}'\n`, { mode: 0o755 });
    await using here = await serve({ env: { ...machine().env, BROWSER: browser }, openBrowser: true });
    const window = await listen(here);
    const { run, step, answer } = await begin(here, window, 'device', 'github');
    expect(step.opened).toBe(true);
    expect(await here.call('identities.openPage', { run })).toEqual({ ok: { opened: true } });
    expect(readFileSync(opened, 'utf8')).toBe(`${step.url}\n${step.url}\n`);
    const unknown = { error: { code: 'not_found' } };
    expect(await here.call('identities.openPage', { run: randomUUID() })).toMatchObject(unknown);
    await confirm(step, 'ada');
    expect(await answer).toMatchObject({ ok: {} });
    expect(await here.call('identities.openPage', { run })).toMatchObject(unknown);
    expect(readFileSync(opened, 'utf8').split('\n')).toHaveLength(3);
    window.close();
  });

  it('two at once end each with its own person', async () => {
    await using here = await serving();
    const window = await listen(here);
    const ada = await begin(here, window, 'device', 'github');
    const grace = await begin(here, window, 'loopback', 'google');
    const sso = await begin(here, window, 'device', 'example.com');
    await confirm(sso.step, 'ada-sso');
    const browser = createPlainBrowser();
    await browser.follow(await browser.open(grace.step.url), 'data-person="grace"');
    await confirm(ada.step, 'ada');
    const emails = await Promise.all(
      [ada, grace, sso].map(async ({ answer }) => {
        const { ok } = z
          .object({ ok: z.object({ identity: z.object({ email: z.string(), connection: z.string() }) }) })
          .parse(await answer);
        return `${ok.identity.email} by ${ok.identity.connection}`;
      }),
    );
    expect(emails).toEqual([
      'ada@example.com by github',
      'grace@example.org by google',
      'ada@example.com by example.com',
    ]);
    window.close();
  });

  it('can be given up, which ends that one and no other', async () => {
    await using here = await serving();
    const window = await listen(here);
    const one = await begin(here, window, 'device', 'github');
    const other = await begin(here, window, 'device', 'google');
    const loopback = await begin(here, window, 'loopback', 'github');
    for (const { run } of [one, loopback])
      expect(await here.call('work.cancel', { run })).toEqual({ ok: null });
    expect(await one.answer).toMatchObject({ error: { code: 'cancelled' } });
    expect(await loopback.answer).toMatchObject({ error: { code: 'cancelled' } });
    expect(await here.call('work.cancel', { run: one.run })).toEqual({ ok: null });
    await confirm(other.step, 'grace');
    expect(await other.answer).toMatchObject({ ok: {} });
    expect(await here.call('identities.list')).toMatchObject({ ok: [{ email: 'grace@example.org' }] });
    window.close();
  });

  it('that is refused in the browser says so', async () => {
    await using here = await serving();
    const window = await listen(here);
    const { step, answer } = await begin(here, window, 'device', 'github');
    await ask(`${machine().sandbox.control}/deny`, { body: { user_code: codeOf(step) } });
    expect(await answer).toMatchObject({ error: { code: 'refused' } });
    window.close();
  });

  it('by something that is no method says so at once', async () => {
    await using here = await serving();
    expect(
      await here.call('identities.signIn', { run: randomUUID(), connection: 'not a domain', flow: null }),
    ).toMatchObject({ error: { code: 'invalid' } });
  });
});

describe('when fal goes away', () => {
  it('in the middle of a sign-in, the window hears of it, and can try again when it is back', async () => {
    const sandbox = await startSandbox();
    await using alone = await makeMachine(sandbox, null);
    await using here = await serve({ env: alone.env });
    const window = await listen(here);
    const device = await begin(here, window, 'device', 'github');
    const loopback = await begin(here, window, 'loopback', 'github');
    await sandbox.close();
    const browser = createPlainBrowser((url) => url.startsWith(sandbox.environment.issuer));
    await expect(browser.open(loopback.step.url)).resolves.toMatchObject({ status: 0 });
    await here.call('work.cancel', { run: loopback.run });
    expect(await loopback.answer).toMatchObject({ error: { code: 'cancelled' } });
    expect(await device.answer).toMatchObject({
      error: { code: 'unreachable', hint: { action: expect.any(String) } },
    });
    expect(
      await here.call('identities.signIn', { run: randomUUID(), connection: 'github', flow: 'device' }),
    ).toMatchObject({ error: { code: 'unreachable' } });
    window.close();
  }, 120_000);

  it('in the middle of a test, the verdict says unreachable', async () => {
    const sandbox = await startSandbox();
    await using alone = await makeMachine(sandbox, null);
    await alone.signIn('ada', 'github');
    for (const alias of ['one', 'two', 'three']) {
      expect(await alone.varvel('keys', 'create', alias, '--account', 'ada')).toMatchObject({ code: 0 });
    }
    await using here = await serve({ env: alone.env });
    const window = await listen(here);
    await alone.control('faults', { target: 'rest', kind: 'slow', delay_ms: 700 });
    await alone.control('faults', { target: 'run', kind: 'slow', delay_ms: 700 });
    const run = randomUUID();
    const answer = here.call('keys.test', { run, ids: null });
    setTimeout(() => void sandbox.close(), 300);
    const { ok } = z
      .object({ ok: z.array(z.object({ verdict: z.object({ kind: z.string() }) })) })
      .parse(await answer);
    expect(ok.map(({ verdict }) => verdict.kind)).toEqual(['unreachable', 'unreachable', 'unreachable']);
    expect(window.heard.filter(({ event }) => event === 'tested')).toHaveLength(3);
    expect(await here.call('accounts.refresh')).toMatchObject({ error: { code: 'unreachable' } });
    window.close();
  }, 120_000);
});

it('a test of all can be cancelled', async () => {
  await machine().signIn('ada', 'github');
  for (const alias of ['one', 'two']) await machine().varvel('keys', 'create', alias, '--account', 'ada');
  await using here = await serving();
  for (const target of ['rest', 'run', 'platform', 'grpc'])
    await machine().control('faults', { target, kind: 'slow', delay_ms: 50_000 });
  const run = randomUUID();
  const since = performance.now();
  const answer = here.call('keys.test', { run, ids: null });
  setTimeout(() => void here.call('work.cancel', { run }), 300);
  expect(await answer).toMatchObject({ error: { code: 'cancelled' } });
  expect(performance.now() - since).toBeLessThan(20_000);
});
