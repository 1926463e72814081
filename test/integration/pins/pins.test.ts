import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectFailure } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';
import { run, varvelProgram } from '../cli/program.ts';

const machine = newMachine();

/** A folder of the person's, with one in it. */
function givenFolder(): { folder: string; inner: string; pin: string } {
  const folder = join(machine().env.HOME ?? '', 'project');
  const inner = join(folder, 'src');
  mkdirSync(inner, { recursive: true });
  return { folder, inner, pin: join(folder, '.varvel') };
}

const idOf = (name: string) => `${name}${'0'.repeat(8 - name.length)}-1111-2222-3333-444444444444`;

async function givenProfiles(...names: string[]): Promise<void> {
  const config = join(machine().root, 'given.toml');
  writeFileSync(
    config,
    names.map((name) => `[${name}]\nkey = "${idOf(name)}:${'ab'.repeat(16)}"\n`).join(''),
  );
  const { code, stderr } = await machine().varvelWith(
    { env: { FAL_CONFIG_PATH: config } },
    'falcli',
    'import',
    '--yes',
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
}

const keyIn = async (cwd: string, ...args: string[]) => {
  const { stdout } = await machine().varvelWith({ cwd }, 'env', ...args, '--format', 'json');
  return stdout === '' ? null : String(JSON.parse(stdout).FAL_KEY).split(':')[0];
};

test('a pin holds the name and nothing else, and rules its folder and those below', async () => {
  const { folder, inner, pin } = givenFolder();
  await givenProfiles('studio', 'client');
  await machine().varvel('switch', 'client');
  expect(await machine().varvelWith({ cwd: folder }, 'pin', 'studio')).toMatchObject({ code: 0, stdout: '' });
  expect([readFileSync(pin, 'utf8'), statSync(pin).mode & 0o777]).toEqual(['profile = "studio"\n', 0o644]);
  expect([await keyIn(inner), await keyIn(join(folder, '..'))]).toEqual([idOf('studio'), idOf('client')]);
  expect(await keyIn(inner, 'client')).toBe(idOf('client'));

  writeFileSync(pin, '# ours\r\nprofile="studio" # live\r\n');
  await machine().varvel('pin', 'client', folder);
  expect(readFileSync(pin, 'utf8')).toBe('# ours\r\nprofile = "client" # live\r\n');
  expect(await machine().varvel('unpin', folder)).toMatchObject({ code: 0 });
  expect(await keyIn(inner)).toBe(idOf('client'));
  expectFailure(await machine().varvel('unpin', folder), 4, /is not pinned/, /./);
});

test('what is no pin is neither overwritten nor removed', async () => {
  const { folder, pin } = givenFolder();
  writeFileSync(pin, 'FAL_KEY=something');
  for (const args of [
    ['pin', 'studio', folder],
    ['unpin', folder],
  ])
    expectFailure(await machine().varvel(...args), 8, /is not a pin/, /./);
  expect(readFileSync(pin, 'utf8')).toBe('FAL_KEY=something');
  rmSync(pin);
  mkdirSync(pin);
  expectFailure(await machine().varvel('pin', 'studio', folder), 2, /is a folder/, /./);
  expectFailure(await machine().varvel('pin', '../x', folder), 2, /characters that can’t be used/, /./);
  expectFailure(
    await machine().varvel('pin', 'studio', join(folder, 'no')),
    4,
    /Folder .* doesn’t exist/,
    /./,
  );
});

const bad: [string, (pin: string, folder: string) => void][] = [
  ['a FIFO', (pin) => execFileSync('mkfifo', [pin])],
  ['1 GB', (pin) => execFileSync('truncate', ['-s', '1G', pin])],
  ['a broken link', (pin) => symlinkSync('nowhere', pin)],
  ['a link in a circle', (pin) => symlinkSync('.varvel', pin)],
  ['a device', (pin) => symlinkSync('/dev/zero', pin)],
  ['text that is no pin', (pin) => writeFileSync(pin, 'key = "a:b"\n')],
];

test.each(bad)('a pin that is %s is an error at once, and never another key', async (_, make) => {
  const { folder, inner, pin } = givenFolder();
  await givenProfiles('studio');
  await machine().varvel('switch', 'studio');
  make(pin, folder);
  const ended = await machine().varvelWith({ cwd: inner }, 'env');
  expectFailure(ended, 2, /The pin .*\.varvel/, /--profile/);
  expect(ended.took).toBeLessThan(20_000);
  const shown = await machine().varvelWith({ cwd: inner }, 'which', '--json');
  expect(JSON.parse(shown.stdout).winner).toEqual({ source: 'pin', profile: null, key_id: null });
});

test('a folder called .varvel is no pin', async () => {
  const { inner, pin } = givenFolder();
  await givenProfiles('studio');
  await machine().varvel('switch', 'studio');
  mkdirSync(pin);
  expect(await keyIn(inner)).toBe(idOf('studio'));
});

test.runIf(process.getuid?.() === 0)(
  'a pin that another user put into a folder open to all is not followed',
  async () => {
    const { folder, inner, pin } = givenFolder();
    await givenProfiles('studio', 'client');
    await machine().varvel('switch', 'studio');
    writeFileSync(pin, 'profile = "client"\n');
    execFileSync('chown', ['1234', pin]);
    expect(await keyIn(inner)).toBe(idOf('client'));
    chmodSync(folder, 0o1777);
    expect(await keyIn(inner)).toBe(idOf('studio'));
    // nor is a link to a pin of my own, and what can't be read stops nobody
    const mine = join(folder, '..', 'mine');
    writeFileSync(mine, 'profile = "client"\n');
    for (const target of [mine, 'nowhere', '.varvel', '/dev/zero']) {
      rmSync(pin);
      symlinkSync(target, pin);
      lchownSync(pin, 1234, 1234);
      expect(await keyIn(inner), target).toBe(idOf('studio'));
    }
  },
);

test('it is said when a pin is overruled, and when its profile is unknown, renamed or deleted', async () => {
  const { folder } = givenFolder();
  await givenProfiles('studio', 'client');
  const which = async (env: Record<string, string> = {}) => {
    const { stdout } = await machine().varvelWith({ cwd: folder, env }, 'which', '--json');
    return String(JSON.parse(stdout).advice.join(' '));
  };
  expect((await machine().varvelWith({ cwd: folder }, 'pin', 'studo')).stderr).toMatch(
    /that profile doesn’t exist.*Did you mean “studio”/s,
  );
  await machine().varvelWith({ cwd: folder }, 'pin', 'studio');
  expect(await which({ VARVEL_PROFILE: 'client' })).toMatch(/but client overrides it/);
  expect(await which({ FAL_KEY: `${idOf('client')}:secret` })).toMatch(
    /but FAL_KEY is set to key client.*and overrides it/,
  );
  expect(await which({ FAL_KEY: `${idOf('studio')}:secret` })).not.toMatch(/overrides/);
  await machine().varvel('profiles', 'rename', 'studio', 'atelier');
  expect(await which()).toMatch(/is now called “atelier”/);
  await machine().varvel('profiles', 'delete', 'atelier');
  await machine().varvelWith({ cwd: folder }, 'pin', 'client');
  await machine().varvel('profiles', 'delete', 'client');
  expect(await which()).toMatch(/was deleted/);
});

test('in a folder whose name isn’t UTF-8, the pin above rules, and one within is said, not passed over', async () => {
  const { folder, inner } = givenFolder();
  await givenProfiles('studio', 'client');
  await machine().varvel('switch', 'client');
  await machine().varvel('pin', 'studio', folder);
  const inOddFolder = (command: string) =>
    run('bash', ['-c', `mkdir -p $'Caf\\xe9/deep' && cd $'Caf\\xe9/deep' && ${command}`], {
      env: machine().env,
      cwd: inner,
    });
  const key = await inOddFolder(`${varvelProgram} env --format json`);
  expect(JSON.parse(key.stdout).FAL_KEY).toContain(idOf('studio'));
  const within = await inOddFolder(`echo 'profile = "client"' > ../.varvel && ${varvelProgram} env`);
  expectFailure(within, 2, /Caf.*\.varvel can’t be read: its folder’s name isn’t UTF-8/, /--profile/);
  expect(within.stdout).toBe('');
});

test('in a folder that was deleted, no other profile’s key is given and nothing is written elsewhere', async () => {
  const { folder, inner } = givenFolder();
  await givenProfiles('studio', 'client');
  await machine().varvel('switch', 'client');
  await machine().varvel('pin', 'studio', folder);
  const inDeleted = (command: string) =>
    run('bash', ['-c', `rmdir "$PWD" && mkdir "$PWD" && ${varvelProgram} ${command}`], {
      env: machine().env,
      cwd: inner,
    });
  for (const command of [
    'env',
    'run -- true',
    'pin client',
    'export .env -p client',
    'which',
    'backup keys.age',
  ])
    expectFailure(await inDeleted(command), 4, /folder you are in was deleted/, /Change into it again/);
  expect((await inDeleted('env client --format json')).stdout).toContain(idOf('client'));
  expect(await inDeleted('profiles list')).toMatchObject({ code: 0 });
  expect((await inDeleted('doctor --offline')).stdout).toMatch(/✗ tools +The folder you are in was deleted/);
});

test('a pin with a control character is not valid: shells would read another text', async () => {
  const { folder, pin } = givenFolder();
  await givenProfiles('studio', 'client');
  writeFileSync(pin, '# \0\nprofile = "studio"\n');
  expectFailure(
    await machine().varvelWith({ cwd: folder }, 'env'),
    2,
    /pin .* is not valid/,
    /Fix or delete/,
  );
});
