import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { call, newDesk, shownPage } from './desk.ts';

const { open } = newDesk();

/** A proxy that refuses everything, and what it was asked for. */
async function newProxy(): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = [];
  const proxy = createServer().listen(0, '127.0.0.1');
  proxy.on('connect', ({ url }, socket) => {
    asked.push(url ?? '');
    socket.end('HTTP/1.1 503 Closed today\r\n\r\n');
  });
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  return { host: `127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`, asked };
}

test('requests go through the proxy that Chromium finds in the system’s settings', async () => {
  const { host, asked } = await newProxy();
  // the flag stands in for the system's settings; our own code doesn't know it
  const desktop = open({ args: [`--proxy-server=${host}`], env: { VARVEL_ENVIRONMENT: 'fal' } });
  await shownPage(desktop);
  const input = { run: 'behind-a-proxy', connection: 'github', flow: 'device' };
  expect(await call(desktop, 'identities.signIn', input)).toMatchObject({
    error: {
      code: 'unreachable',
      message: `The proxy ${host} refused a connection to auth.fal.ai:443 (503 Closed today).`,
    },
  });
  expect(asked).toContain('auth.fal.ai:443');
});

test('nobody but fal is called: Chromium fetches no dictionary', async () => {
  const { host, asked } = await newProxy();
  const desktop = open({ args: [`--proxy-server=${host}`], env: { VARVEL_ENVIRONMENT: 'fal' } });
  await shownPage(desktop);
  await new Promise((resolve) => setTimeout(resolve, 8000));
  expect(asked.filter((one) => !/^[a-z.]*\.fal\.(ai|run):443$/.test(one))).toEqual([]);
});
