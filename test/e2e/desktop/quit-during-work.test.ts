import { expect, test } from 'vitest';
import { readClipboard, writeClipboard } from '../../electron/desktop/clipboard.ts';
import type { Desktop } from '../../electron/launch.ts';
import { accountsList, keysList } from '../../integration/cli/contract.ts';
import { tokenRequests } from '../../integration/cli/requests.ts';
import { keysOf } from '../../integration/sandbox/running.ts';
import { call, makeProfile, newDesk, shownPage, soon, windows } from './desk.ts';

const { machine, open, session } = newDesk({ signedIn: ['ada'] });

test.each(['SIGTERM', 'log-out', 'Ctrl-C three times'] as const)(
  'by %s while a sign-in is renewed: it is saved first',
  async (how) => {
    const desktop = open();
    await shownPage(desktop);
    await machine().control('expire', { person: 'ada', what: 'access' });
    await machine().control('faults', {
      target: 'signin',
      kind: 'slow',
      path: '/oauth/token',
      delay_ms: 2500,
      times: 1,
    });
    const before = await tokenRequests(machine().sandbox);
    const asked = call(desktop, 'accounts.refresh', null).catch(() => null);
    await expect.poll(() => tokenRequests(machine().sandbox), soon).toBe(before + 1);
    // what logind's signal makes Electron tell; then the system ends its programs
    if (how === 'log-out') await desktop.main(({ powerMonitor }) => void powerMonitor.emit('shutdown'));
    if (how === 'Ctrl-C three times')
      for (const pauseMs of [0, 300, 300]) {
        desktop.process.kill('SIGINT');
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    else desktop.process.kill('SIGTERM');
    expect(await desktop.ended).toMatchObject({ code: 0, signal: null });
    await asked;
    expect(await machine().varvel('accounts', 'list')).toMatchObject({ code: 0, stderr: '' });
    expect(await tokenRequests(machine().sandbox)).toBe(before + 1);
  },
);

/** Creates a key while fal takes its time. */
async function createSlowly(desktop: Desktop, delayMs: number): Promise<{ asked: Promise<unknown> }> {
  await machine().varvel('accounts', 'list');
  await machine().control('faults', {
    target: 'grpc',
    kind: 'slow',
    delay_ms: delayMs,
    path: '/controller.IsolateController/CreateUserKey',
    times: 1,
  });
  const [account] = (await machine().json(accountsList, 'accounts', 'list')).accounts;
  const asked = call(desktop, 'keys.create', {
    alias: 'late',
    scope: 'API',
    accountId: account?.id,
    profile: null,
    ttlMs: null,
  }).catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return { asked };
}

test('while fal creates a key: it is stored first', async () => {
  const desktop = open();
  await shownPage(desktop);
  const { asked } = await createSlowly(desktop, 2000);
  desktop.process.kill('SIGTERM');
  expect(await desktop.ended).toMatchObject({ code: 0, signal: null });
  await asked;
  expect((await keysOf(machine().sandbox)).filter(({ alias }) => alias === 'late')).toHaveLength(1);
  const { keys } = await machine().json(keysList, 'keys', 'list');
  expect(keys.find(({ alias }) => alias === 'late')).toMatchObject({ stored: true, remote: true });
});

test('while fal creates a key: the window is gone, and copies no key that nobody would clear', async () => {
  const id = await makeProfile(machine(), 'studio');
  const desktop = open();
  await shownPage(desktop);
  const { asked } = await createSlowly(desktop, 6000);
  await writeClipboard(session(), 'what the person copied');
  desktop.process.kill('SIGTERM');
  await expect.poll(async () => (await windows(desktop))[0]?.visible, soon).toBe(false);
  expect(await call(desktop, 'keys.copy', { id })).toMatchObject({ error: { code: 'refused' } });
  expect(await desktop.ended).toMatchObject({ code: 0, signal: null });
  await asked;
  expect(await readClipboard(session())).toBe('what the person copied');
});

test('while fal creates a key: a start that comes meanwhile opens when that has ended', async () => {
  const desktop = open();
  await shownPage(desktop);
  const { asked } = await createSlowly(desktop, 5000);
  desktop.process.kill('SIGTERM');
  await expect.poll(async () => (await windows(desktop))[0]?.visible, soon).toBe(false);
  const next = open();
  expect(await desktop.ended).toMatchObject({ code: 0, signal: null });
  await asked;
  await shownPage(next);
  expect(next.said()).toBe('');
  expect((await windows(next))[0]?.visible).toBe(true);
});
