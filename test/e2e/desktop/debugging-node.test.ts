import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keyOf } from '../../integration/sandbox/running.ts';
import { call, newDesk, shownPage } from './desk.ts';

const desk = newDesk({ signedIn: ['ada'] });
const { machine, open } = desk;

/** What people leave set after they have debugged a program of theirs. */
const debugging = { NODE_DEBUG: '*', NODE_DEBUG_NATIVE: 'http2,tls' };

/** The process that has the window, by Chromium's own lock: `HOST-PID`. */
const windowProcess = (home: string) =>
  Number(
    readlinkSync(join(home, 'window', 'SingletonLock'))
      .split('-')
      .at(-1),
  );

test('variables that make Node write what it sends show no key', async () => {
  const { varvelWith, sandbox, env } = machine();
  const { key } = await keyOf(sandbox, 'falconers', 'API');
  const [id = '', secret = key] = key.split(':');
  await varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin');
  const desktop = open({ env: debugging });
  const page = await shownPage(desktop);
  const pid = windowProcess(env.VARVEL_HOME ?? '');
  onTestFinished(() => void process.kill(pid, 'SIGTERM'));
  await page.waitForLoadState();
  expect(await call(desktop, 'keys.test', { run: 'debugging', ids: [id] })).toMatchObject({
    ok: [{ keyId: id, verdict: { kind: 'valid' } }],
  });
  expect(desktop.stderr()).not.toContain(secret);
  expect(desktop.stderr()).not.toMatch(/Bearer|HTTP2? \d+:/);
  expect(await desktop.ended).toMatchObject({ code: 0 });
});
