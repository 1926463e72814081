import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { connectionLines, refuseOtherUsers } from '../../platform/net/peer.ts';
import { figure } from './figures.ts';

const flood = 300;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server on 127.0.0.1 that answers “ok”, but not to other users. */
async function serving(
  refused: (uid: number) => void = () => undefined,
  readTables: (connections: () => Promise<number>) => Promise<string[]> = () => connectionLines(),
) {
  const server = createServer((_request, response) => response.end('ok'));
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  refuseOtherUsers(server, refused, () => readTables(connections));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens to no port');
  const { port } = address;
  return {
    port,
    answer: () =>
      new Promise<string>((resolve, reject) => {
        get({ host: '127.0.0.1', port, agent: false }, (response) => resolve(text(response))).on(
          'error',
          reject,
        );
      }),
  };
}

test('connections that arrive while Linux’s tables are read share the next reading', async () => {
  let readings = 0;
  const { answer } = await serving(undefined, async (connections) => {
    readings += 1;
    // the first reading takes until all have arrived
    while (readings === 1 && (await connections()) < flood)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return connectionLines();
  });
  const answers = await Promise.all(Array.from({ length: flood }, answer));
  expect(new Set(answers)).toEqual(new Set(['ok']));
  expect(readings).toBeLessThan(10);
  figure(15, 'a flood of connections', { 'connections of a flood': flood, readings });
});

test('nobody is let in because a flood has left no file to open', async () => {
  const { answer } = await serving(undefined, async () => {
    throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
  });
  await expect(answer()).rejects.toThrow();
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'another user is refused on a Linux without IPv6, too',
  async () => {
    const users: number[] = [];
    const withoutV6 = { v4: '/proc/net/tcp', v6: '/proc/net/no-such-table' };
    const { port } = await serving(
      (uid) => users.push(uid),
      () => connectionLines(withoutV6),
    );
    const script = `exec 3<>/dev/tcp/127.0.0.1/${port}; cat <&3`;
    const other = spawn('/bin/bash', ['-c', script], { uid: 65_534, gid: 65_534, stdio: 'ignore' });
    closing.push(() => other.kill());
    await expect.poll(() => users).toEqual([65_534]);
  },
);

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'another user’s connections that are refused leave nothing in Linux’s tables, which would get slow',
  async () => {
    const users: number[] = [];
    const { port, answer } = await serving((uid) => users.push(uid));
    const tries = 50;
    const script = `for n in $(seq ${tries}); do exec {held}<>/dev/tcp/127.0.0.1/${port}; done; echo held; read -r _`;
    const other = spawn('/bin/bash', ['-c', script], {
      uid: 65_534,
      gid: 65_534,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    closing.push(() => other.kill());
    await once(other.stdout, 'data');
    await expect.poll(() => users.length).toBe(tries);
    const ours = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const left = (await connectionLines()).filter((line) => line.includes(ours));
    // the server itself listens
    expect(left).toHaveLength(1);
    expect(await answer()).toBe('ok');
  },
);
