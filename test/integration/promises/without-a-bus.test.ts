import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { figure } from '../../attacks/figures.ts';
import { accountsList, madeKey, profilesList } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';

const machine = newMachine({ vault: 'file' });

test('with VARVEL_VAULT=file the whole main job is done without a bus ever being asked', async () => {
  // a bus that tells who calls
  const path = join(machine().root, 'bus');
  let calls = 0;
  const bus = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => bus.listen(path, resolve));
  const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` };
  const varvel = (...args: string[]) => machine().varvelWith({ env }, ...args);
  try {
    const login = machine().start(
      { env },
      'login',
      '--flow',
      'device',
      '--connection',
      'github',
      '--no-browser',
    );
    const [, code = ''] = await login.says(/Code: (\S+)/);
    await machine().control('approve', { user_code: code, person: 'ada' });
    expect(await login.ended).toMatchObject({ code: 0 });
    expect((await machine().json(accountsList, 'accounts', 'list')).accounts).toHaveLength(4);
    const made = await varvel('keys', 'create', 'bots', '--profile', 'staging', '--json');
    const { id } = madeKey.parse(JSON.parse(made.stdout));
    expect(await varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
    expect(await varvel('switch', 'staging')).toMatchObject({ code: 0 });
    expect((await varvel('env', '--format', 'json')).stdout).toContain(`"FAL_KEY": "${id}:`);
    const child = await varvel('run', '--', 'sh', '-c', 'printf %s "$FAL_KEY"');
    expect(child).toMatchObject({ code: 0 });
    expect(child.stdout).toMatch(new RegExp(`^${id}:`));
    expect((await machine().json(profilesList, 'profiles', 'list')).current).toBe('staging');
    expect(await machine().json(z.object({ ok: z.boolean() }), 'doctor')).toEqual({ ok: true });
    expect(await varvel('keys', 'revoke', 'bots', '--yes')).toMatchObject({ code: 0 });
    expect(await varvel('logout')).toMatchObject({ code: 0 });
  } finally {
    bus.close();
  }
  expect(calls).toBe(0);
  figure(2, 'a main job with the passphrase vault', { 'calls to a keychain': calls });
});
