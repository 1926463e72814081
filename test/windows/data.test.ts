import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openState } from '../../platform/state/open-state.ts';
import { migrations } from '../../platform/state/schema.ts';
import { keysList, profilesList } from '../integration/cli/contract.ts';
import { describeOnWindows, vaultPassphrase, windowsMachine } from './machine.ts';

const one = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';

describeOnWindows('data on Windows', () => {
  const machine = windowsMachine({
    vault: 'keychain',
    async prepare({ varvelWith, here, env }) {
      await mkdir(here(`${env.APPDATA}\\Varvel\\sandbox`), { recursive: true });
      const old = openState(here(`${env.APPDATA}\\Varvel\\sandbox`), { steps: migrations.slice(0, 3) });
      old.settings.set('name', 'old');
      old.close();
      await varvelWith({ input: one }, 'keys', 'add', 'one', '--stdin', '-p', 'first');
    },
  });

  test('an older database is brought up to date, after a backup', async () => {
    const folder = machine().here(`${machine().env.APPDATA}\\Varvel\\sandbox`);
    expect(await readdir(folder)).toContain('state.db.v3.bak');
    expect((await machine().json(keysList, 'keys', 'list')).keys).toMatchObject([{ alias: 'one' }]);
  });

  test('eight writers at once lose nothing', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `p${at}`);
    const ends = await Promise.all(names.map((name) => machine().varvel('profiles', 'create', name)));
    expect(ends.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(names.map(() => 0));
    const { profiles } = await machine().json(profilesList, 'profiles', 'list');
    expect(profiles.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });

  test('a backup comes back in an empty home; one that is there is replaced with --force', async () => {
    const env = { VARVEL_PASSPHRASE: vaultPassphrase };
    const path = `${machine().user}\\Documents\\kopie ö.age`;
    for (const force of [[], ['--force']])
      expect(await machine().varvelWith({ env }, 'backup', path, ...force)).toMatchObject({ code: 0 });
    expect(await machine().varvelWith({ env }, 'backup', path)).toMatchObject({ code: 8 });
    expect(existsSync(machine().here(path))).toBe(true);
    const home = { ...env, VARVEL_HOME: `${machine().user}\\other home` };
    expect(await machine().varvelWith({ env: home }, 'restore', path)).toMatchObject({ code: 0 });
    const printed = await machine().varvelWith({ env: home }, 'env', 'first', '--format', 'dotenv');
    expect(printed.stdout).toContain(one);
  });

  test('cmd takes up what `env --shell cmd` prints, as the docs say', async () => {
    const bin = 'C:\\Program Files\\Värvel App\\bin';
    const env = { PATH: `${bin};${machine().env.PATH}` };
    const line = `for /f "delims=" %i in ('varvel env first --shell cmd') do @%i`;
    const ended = await machine().cmd(`${line}& call echo [%^FAL_KEY%]`, { env });
    expect(ended.stdout.trim()).toBe(`[${one}]`);
  });

  test('the passphrase vault stays open with its agent, on a named pipe, until it is locked', async () => {
    const home = { VARVEL_HOME: `${machine().user}\\vault home`, VARVEL_VAULT: 'file' };
    const open = { ...home, VARVEL_PASSPHRASE: vaultPassphrase };
    await machine().varvelWith({ env: open, input: one }, 'keys', 'add', 'one', '--stdin', '-p', 'first');
    expect(await machine().varvelWith({ env: open }, 'vault', 'unlock')).toMatchObject({ code: 0 });
    const printed = await machine().varvelWith({ env: home }, 'env', 'first', '--format', 'dotenv');
    expect(printed).toMatchObject({ code: 0, stdout: expect.stringContaining(one) });
    expect(await machine().varvelWith({ env: home }, 'vault', 'lock')).toMatchObject({ code: 0 });
    const locked = await machine().varvelWith({ env: home }, 'env', 'first', '--format', 'dotenv');
    expect(locked).toMatchObject({ code: 5, stdout: '' });
  });
});
