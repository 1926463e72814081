import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/start.ts';
import { ask, keyOf, keysOf } from './running.ts';
import { bearer, refresh, signIn, tokensOf } from './sign-in.ts';

let folder: string;
let running: Sandbox[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'varvel-test-'));
});

afterEach(async () => {
  await Promise.all(running.map((sandbox) => sandbox.close()));
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

const start = async (options: SandboxOptions): Promise<Sandbox> => {
  const sandbox = await startSandbox(options);
  running.push(sandbox);
  return sandbox;
};

const startAgain = (): Promise<Sandbox> => start({ stateDir: folder });

const ControlKeys = z.object({
  keys: z.array(z.object({ key: z.string(), account: z.string(), scope: z.string() })),
});

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('a sandbox', () => {
  it('writes down where it is, for its owner’s eyes', async () => {
    const sandbox = await start({});
    expect(JSON.parse(readFileSync(sandbox.environmentPath, 'utf8'))).toEqual(sandbox.environment);
    expect([mode(sandbox.environmentPath), mode(dirname(sandbox.environmentPath))]).toEqual(['600', '700']);
    expect(sandbox.control).toBe(`${new URL(sandbox.environment.restUrl).origin}/_sandbox`);
  });

  it('takes its temporary folder with it', async () => {
    const sandbox = await start({});
    await sandbox.close();
    expect(existsSync(dirname(sandbox.environmentPath))).toBe(false);
  });

  it('listens on 127.0.0.1 and nowhere else', async () => {
    const { environment } = await start({});
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    for (const { address } of others)
      for (const url of [environment.restUrl, environment.grpcUrl])
        await expect(fetch(url.replace('127.0.0.1', address))).rejects.toThrow();
    for (const url of Object.values(environment))
      if (typeof url === 'string' && url.startsWith('http')) expect(new URL(url).hostname).toBe('127.0.0.1');
  });

  it('stops promptly while connections are kept open', async () => {
    const { environment, close } = await start({});
    await new Promise<void>((resolve) => {
      request(environment.restUrl, { headers: { connection: 'keep-alive' } }, (response) => {
        response.resume();
        resolve();
      }).end();
    });
    const before = performance.now();
    await close();
    expect(performance.now() - before).toBeLessThan(20_000);
    await expect(fetch(environment.restUrl)).rejects.toThrow();
  });

  it('says so when its port is taken', async () => {
    const squatter = createServer();
    const port = await new Promise<number>((resolve) => {
      squatter.listen(0, '127.0.0.1', () => {
        const address = squatter.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    squatter.close();
  });

  it('takes another port when another program was faster at the one that was free', async () => {
    const squatter = createServer();
    const listen = Server.prototype.listen;
    vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...options: unknown[]) {
      const { port } = z.object({ port: z.int() }).parse(options[0]);
      if (port === 0 || squatter.listening) return Reflect.apply(listen, this, options);
      squatter.once('listening', () => Reflect.apply(listen, this, options));
      Reflect.apply(listen, squatter, [{ port, host: '127.0.0.1' }]);
      return this;
    });
    try {
      const { environment } = await start({});
      expect(squatter.address()).not.toMatchObject({ port: Number(new URL(environment.restUrl).port) });
      expect((await fetch(environment.issuer)).status).toBeLessThan(500);
    } finally {
      vi.restoreAllMocks();
      squatter.close();
    }
  });
});

describe('a sandbox with a state folder', () => {
  it('comes back with the same addresses, keys, locks, sessions and balances', async () => {
    const first = await start({ stateDir: folder });
    const tokens = await signIn(first, 'ada');
    const made = await keyOf(first, 'falconers', 'ADMIN');
    await ask(`${first.environment.platformUrl}/keys`, { headers: made.headers, body: { alias: 'kept' } });
    const caller = await keyOf(first, 'falconers', 'API');
    const picture = { headers: caller.headers, body: { prompt: 'x' } };
    await ask(`${first.environment.runUrl}/fal-ai/flux/dev`, picture);
    await ask(`${first.control}/lock`, { body: { account: 'mews', reason: 'TOP_UP.' } });
    const before = { keys: await keysOf(first), balance: await balanceOf(first, caller.headers) };
    await first.close();

    const second = await start({ stateDir: folder });
    expect(second.environment).toEqual(first.environment);
    expect(await keysOf(second)).toEqual(before.keys);
    expect(await balanceOf(second, caller.headers)).toBe(before.balance);
    const mews = await keyOf(second, 'mews', 'API');
    const locked = { headers: mews.headers, body: { prompt: 'x' } };
    expect((await ask(`${second.environment.runUrl}/fal-ai/flux/dev`, locked)).status).toBe(403);
    const { restUrl } = second.environment;
    expect((await ask(`${restUrl}/users/teams`, { headers: bearer(tokens) })).status).toBe(200);
    expect(tokensOf(await refresh(second, tokens.refresh_token)).access_token).not.toBe(tokens.access_token);
  });

  it('loses nothing that was answered when it is killed', async () => {
    const start = new URL('../../../sandbox/start.ts', import.meta.url).href;
    const script = `const { startSandbox } = await import(${JSON.stringify(start)});
      console.log(JSON.stringify(await startSandbox({ stateDir: ${JSON.stringify(folder)} })));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = await new Promise<string>((resolve) =>
      child.stdout.once('data', (data) => resolve(String(data))),
    );
    const { control, environment } = z
      .object({ control: z.string(), environment: z.object({ platformUrl: z.string() }) })
      .parse(JSON.parse(said));
    const { keys } = ControlKeys.parse((await ask(`${control}/keys`)).body);
    const admin = keys.find(({ account, scope }) => account === 'falconers' && scope === 'ADMIN');
    const headers = { authorization: `Key ${admin?.key}` };
    await ask(`${environment.platformUrl}/keys`, { headers, body: { alias: 'survivor' } });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const survivor = await startAgain();
    expect((await keysOf(survivor)).map(({ alias }) => alias)).toContain('survivor');
  });

  it('signs with the same key afterwards, also after a reset', async () => {
    const keysAt = async ({ environment }: Sandbox): Promise<unknown> =>
      (await ask(`${environment.issuer}.well-known/jwks.json`)).body;
    const first = await start({ stateDir: folder });
    const before = await keysAt(first);
    await ask(`${first.control}/reset`, { method: 'POST' });
    await first.close();
    expect(await keysAt(await start({ stateDir: folder }))).toEqual(before);
  });

  it('keeps its folder, with nothing others may read', async () => {
    const nested = join(folder, 'deeper', 'state');
    const sandbox = await start({ stateDir: nested });
    await sandbox.close();
    expect([mode(nested), mode(join(nested, 'state.json'))]).toEqual(['700', '600']);
  });

  it('refuses a state it can’t read, and leaves it as it is', async () => {
    const path = join(folder, 'state.json');
    for (const text of ['{"version":2}', 'torn{']) {
      writeFileSync(path, text);
      chmodSync(path, 0o600);
      await expect(startSandbox({ stateDir: folder })).rejects.toThrow();
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });
});

const balanceOf = async ({ environment }: Sandbox, headers: Record<string, string>): Promise<unknown> =>
  (await ask(`${environment.restUrl}/billing/user_balance`, { headers })).body;
