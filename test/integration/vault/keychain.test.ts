import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busWithoutService, type Keyring, startKeyring } from '../keyring.ts';
import { type Call, type ChildOptions, callOnce, codeOf, stayingProcess } from './vault-process.ts';

const canary = 'canary-id:canary-secret-0123456789';
const withinMs = 3000;
const everyCall: Call[] = [
  ['get', 'key/a'],
  ['set', 'key/a', canary],
  ['delete', 'key/a'],
  ['names'],
  ['prepare'],
];
const keychain = (home: string, rest: Partial<ChildOptions> = {}): ChildOptions => ({
  kind: 'keychain',
  folder: join(home, 'varvel', 'fal'),
  ...rest,
});

/** Every file below a folder, with what is in it. */
async function filesOf(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(
      path,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
  }
  return files;
}

async function refuses(call: Call, code: string, home: string, env: NodeJS.ProcessEnv): Promise<void> {
  const before = await filesOf(home);
  const { answer, exitCode, tookMs } = await callOnce(keychain(home, { once: call }), env);
  expect(codeOf(answer)).toBe(code);
  expect(exitCode).toBe(5);
  expect(tookMs).toBeLessThan(withinMs);
  expect(JSON.stringify(answer)).not.toContain('canary-secret');
  expect(await filesOf(home)).toEqual(before);
}

describe('without a keychain to be reached', () => {
  test('a machine without a session bus says so and writes nothing', async () => {
    await using bus = await busWithoutService();
    const { DBUS_SESSION_BUS_ADDRESS: _, ...env } = bus.env;
    await Promise.all([
      refuses(['get', 'key/a'], 'vault_unavailable', bus.home, env),
      refuses(['set', 'key/a', canary], 'vault_unavailable', bus.home, env),
    ]);
  });

  test('a bus that is gone says so', async () => {
    await using bus = await busWithoutService();
    const env = { ...bus.env, DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus.home}/nobody` };
    await refuses(['get', 'key/a'], 'vault_unavailable', bus.home, env);
  });

  test('a bus without a Secret Service says so, whatever is asked', async () => {
    await using bus = await busWithoutService();
    for (const call of everyCall) await refuses(call, 'vault_unavailable', bus.home, bus.env);
  });

  test('a machine without libsecret is told which package to install', async () => {
    await using bus = await busWithoutService();
    const libraries = join(bus.home, 'lib');
    await mkdir(libraries);
    await writeFile(join(libraries, 'libsecret-1.so.0'), '');
    const env = { ...bus.env, LD_LIBRARY_PATH: libraries };
    const { answer } = await callOnce(keychain(bus.home, { once: ['get', 'key/a'] }), env);
    expect(codeOf(answer)).toBe('vault_unavailable');
    expect(JSON.stringify(answer)).toContain('apt install libsecret-1-0');
  });
});

describe('with a keychain', () => {
  let keyring: Keyring;
  const once = (call: Call) => callOnce(keychain(keyring.home, { once: call }), keyring.env);

  beforeAll(async () => {
    keyring = await startKeyring();
  });
  afterAll(() => keyring.close());

  test('what was never stored is missing, in a new keychain and in a used one', async () => {
    expect((await once(['get', 'key/never'])).answer).toEqual({ value: null });
    expect((await once(['prepare'])).exitCode).toBe(0);
    expect((await once(['get', 'key/never'])).answer).toEqual({ value: null });
    expect((await once(['names'])).answer).toEqual({ value: [] });
    expect((await once(['delete', 'key/never'])).exitCode).toBe(0);
  });

  test('a stored secret is there for the next command, listed, replaced and deleted', async () => {
    await once(['set', 'key/a', canary]);
    await once(['set', 'session/github|1/refresh', 'token']);
    expect((await once(['get', 'key/a'])).answer).toEqual({ value: canary });
    await once(['set', 'key/a', 'other']);
    expect((await once(['get', 'key/a'])).answer).toEqual({ value: 'other' });
    expect((await once(['names'])).answer).toEqual({ value: ['key/a', 'session/github|1/refresh'] });
    await once(['delete', 'key/a']);
    expect((await once(['get', 'key/a'])).answer).toEqual({ value: null });
  });

  test('another data folder does not see it', async () => {
    await once(['set', 'key/mine', 'x']);
    const other = { ...keychain(keyring.home, { once: ['names'] }), folder: join(keyring.home, 'elsewhere') };
    expect((await callOnce(other, keyring.env)).answer).toEqual({ value: [] });
  });

  test('every printable character comes back as it went in', async () => {
    await using child = stayingProcess(keychain(keyring.home), keyring.env);
    const all = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => index + 32));
    const roundTrip = async (secret: string) => {
      const [set] = await child.all([['set', 'key/any', secret]]);
      expect(set).toEqual({});
      expect(await child.all([['get', 'key/any']])).toEqual([{ value: secret }]);
    };
    await roundTrip(all);
    await roundTrip(`zwölf\t\r\n日本 🦅${all}`.repeat(50));
    const text = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 200 });
    await fc.assert(fc.asyncProperty(text, roundTrip), { numRuns: 60 });
  });

  test('a locked keychain is locked, never empty, and opens again', async () => {
    await once(['set', 'key/kept', canary]);
    await keyring.lock();
    try {
      for (const call of everyCall) await refuses(call, 'vault_locked', keyring.home, keyring.env);
      await refuses(['get', 'key/kept'], 'vault_locked', keyring.home, keyring.env);
    } finally {
      await keyring.unlock();
    }
    expect((await once(['get', 'key/kept'])).answer).toEqual({ value: canary });
  });

  test('a locked keychain that Varvel never used is locked, too', async () => {
    await using fresh = await startKeyring();
    await fresh.lock();
    await refuses(['get', 'key/a'], 'vault_locked', fresh.home, fresh.env);
  });

  test('a frozen keychain ends a command in time', async () => {
    await once(['set', 'key/kept', canary]);
    keyring.freeze();
    try {
      const calls: Call[] = [['get', 'key/kept'], ['set', 'key/kept', 'x'], ['names']];
      await Promise.all(calls.map((call) => refuses(call, 'vault_unanswering', keyring.home, keyring.env)));
    } finally {
      keyring.thaw();
    }
    expect(codeOf((await once(['get', 'key/kept'])).answer)).toBeNull();
  });

  test('a frozen keychain does not drag the window along, which goes on when it wakes', async () => {
    await once(['set', 'key/kept', canary]);
    await using child = stayingProcess(keychain(keyring.home), keyring.env);
    const six = Array.from({ length: 6 }, (): Call => ['get', 'key/kept']);
    keyring.freeze();
    try {
      const begun = performance.now();
      const answers = await child.all(six);
      expect(answers.map(codeOf)).toEqual(six.map(() => 'vault_unanswering'));
      expect(performance.now() - begun).toBeLessThan(withinMs);
    } finally {
      keyring.thaw();
    }
    await expect.poll(() => child.all([['get', 'key/kept']])).toEqual([{ value: canary }]);
  });

  test('a keychain that ended is unavailable', async () => {
    await using ended = await startKeyring();
    await ended.kill();
    await refuses(['get', 'key/a'], 'vault_unavailable', ended.home, ended.env);
  });
});
