import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { newMachine } from '../cli/machine.ts';

const machine = newMachine();
const secret = 'ab'.repeat(16);
const id = (digit: string) => `${digit.repeat(8)}-1111-2222-3333-444444444444`;

/** fal's file in the person's home. */
function givenConfig(text: string): string {
  const folder = join(machine().env.HOME ?? '', '.fal');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'config.toml');
  writeFileSync(path, text);
  return path;
}

const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await machine().varvel(...args, '--json');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout);
};

test('fal’s profiles are taken over with their keys; names that can’t be and what is here already are listed', async () => {
  const path = givenConfig(
    [
      'color = "on"',
      `[work]\nkey = "${id('1')}:${secret}"\nhost = "api.alpha.fal.ai"`,
      `["ü.dots and \\"quotes\\""]\nkey = "${id('2')}:${secret}"`,
      `[taken]\nkey = "${id('3')}:${secret}"`,
      '[odd]\nkey = "nokey"',
      '[bare]',
      '[__internal__]\nprofile = "work"\n',
    ].join('\n'),
  );
  const before = readFileSync(path);
  await machine().varvel('profiles', 'create', 'taken', 'note=ours');
  expect(await machine().varvel('falcli', 'import')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/2 profiles will be imported.*--yes/s),
  });
  expect((await json('profiles', 'list')).profiles).toHaveLength(1);
  const { imported, profiles } = await json('falcli', 'import', '--yes');
  expect(imported).toEqual(['work', 'bare']);
  expect((await json('keys', 'list')).keys).toEqual([expect.objectContaining({ alias: 'work' })]);
  expect(profiles).toEqual([
    { name: 'work', key: id('1'), kind: 'new', proposal: null, reason: null },
    { name: 'ü.dots and "quotes"', key: id('2'), kind: 'name', proposal: 'u.dots-and-quotes', reason: null },
    {
      name: 'taken',
      key: id('3'),
      kind: 'conflict',
      proposal: null,
      reason: expect.stringContaining('another key'),
    },
    { name: 'odd', key: null, kind: 'unusable', proposal: null, reason: expect.stringContaining('no colon') },
    { name: 'bare', key: null, kind: 'new', proposal: null, reason: null },
  ]);
  expect((await json('falcli', 'import', '--yes', '--rename')).imported).toEqual(['u.dots-and-quotes']);
  expect((await json('falcli', 'import', '--yes', '--rename')).imported).toEqual([]);
  expect((await json('profiles', 'show', 'work')).host).toBe('api.alpha.fal.ai');
  expect((await json('profiles', 'show', 'taken')).note).toBe('ours');
  expect((await json('env', 'work')).FAL_KEY).toBe(`${id('1')}:${secret}`);
  expect(readFileSync(path)).toEqual(before);
});

test('status shows both sides, what differs and the keys in plain text, and never a secret', async () => {
  const path = givenConfig(`[work]\nkey = "${id('1')}:${secret}"\n[__internal__]\nprofile = "work"\n`);
  chmodSync(path, 0o644);
  await machine().varvel('profiles', 'create', 'work', 'host=api.x');
  await machine().varvel('profiles', 'create', 'mine');
  const status = await json('falcli', 'status');
  expect(status).toMatchObject({
    exists: true,
    open_to_others: true,
    profile: 'work',
    current: null,
    in_step: 'off',
  });
  expect(status.profiles).toEqual([
    {
      name: 'work',
      where: 'both',
      key: id('1'),
      our_key: null,
      host: null,
      differs: ['key', 'host'],
      plain_text: true,
    },
    { name: 'mine', where: 'varvel', key: null, our_key: null, host: null, differs: [], plain_text: false },
  ]);
  const { stdout, stderr } = await machine().varvel('falcli', 'status');
  expect(stderr).toMatch(/1 key in plain text, in a file that others can read/);
  expect(stdout + stderr + JSON.stringify(status)).not.toContain(secret);
});

test('kept in step, every switch reaches fal’s CLI; a file that can’t be written only warns; undo ends it', async () => {
  const path = givenConfig('# mine\n[__internal__]\nprofile = "x"\n');
  await machine().varvel('profiles', 'create', 'a');
  await machine().varvel('profiles', 'create', 'b', 'host=api.b');
  await machine().varvel('switch', 'a');
  expect(readFileSync(path, 'utf8')).toContain('profile = "x"');
  expect(await machine().varvel('falcli', 'apply', '--in-step')).toMatchObject({ code: 0 });
  expect(await machine().varvel('switch', 'b')).toMatchObject({
    code: 0,
    stderr: expect.not.stringContaining('fal’s'),
  });
  expect(parse(readFileSync(path, 'utf8'))).toEqual({
    __internal__: { profile: 'b' },
    a: {},
    b: { host: 'api.b' },
  });
  expect(await machine().varvel('switch', '--none')).toMatchObject({ code: 0 });
  expect(parse(readFileSync(path, 'utf8'))).toEqual({ __internal__: {}, a: {}, b: { host: 'api.b' } });
  for (const broken of ['[a', '[a]\n[a]\n']) {
    writeFileSync(path, broken);
    const { code, stderr } = await machine().varvel('switch', 'a');
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/warning: The fal CLI did not follow.*not valid TOML/),
    ]);
    expect(readFileSync(path, 'utf8')).toBe(broken);
  }
  expect((await json('current')).current).toBe('a');
  writeFileSync(path, '[__internal__]\n');
  await machine().varvel('switch', 'b');
  expect((await machine().varvel('falcli', 'undo')).stderr).toMatch(/fal CLI sync is off/);
  await machine().varvel('switch', 'a');
  // its comment, which was gone with all of them, had come back with the switch before
  expect(readFileSync(path, 'utf8')).toBe('# mine\n[__internal__]\n');
});

test('FAL_CONFIG_PATH moves the file, and a home as ~ is understood', async () => {
  await machine().varvel('profiles', 'create', 'a');
  const env = { FAL_CONFIG_PATH: '~/elsewhere/fal.toml' };
  expect(await machine().varvelWith({ env }, 'falcli', 'apply', 'a')).toMatchObject({ code: 0 });
  expect(readFileSync(join(machine().env.HOME ?? '', 'elsewhere/fal.toml'), 'utf8')).toContain(
    'profile = "a"',
  );
});

test('without a key, fal’s CLI acts for the profile’s account, and apply, status, which and each switch say or do so', async () => {
  const theirs = '# mine\n[__internal__]\nteam = "mews" # theirs\n';
  const path = givenConfig(theirs);
  await machine().signIn('ada', 'github');
  await machine().varvel('profiles', 'create', 'studio', 'account=falconers');
  await machine().varvel('profiles', 'create', 'bare');
  const applied = await machine().varvel('falcli', 'apply', 'studio');
  expect(applied).toMatchObject({ code: 0, stderr: expect.stringContaining('acting for falconers') });
  expect(readFileSync(path, 'utf8')).toContain('team = "falconers" # theirs');
  const { stderr } = await machine().varvel('falcli', 'status');
  expect(stderr).toContain('Without a key, the fal CLI acts for falconers.');
  writeFileSync(path, readFileSync(path, 'utf8').replace('falconers', 'mews'));
  expect((await json('falcli', 'status')).profiles[0]).toMatchObject({
    name: 'studio',
    differs: ['account'],
  });
  // fal's CLI is signed in
  writeFileSync(join(machine().env.HOME ?? '', '.fal', 'auth0_token'), 'refresh\naccess\n');
  expect((await json('which')).advice.join()).toMatch(/acts for mews, not for falconers.*apply studio/);
  expect(await json('falcli', 'apply', 'studio', '--in-step')).toMatchObject({ team: 'falconers' });
  await machine().varvel('switch', 'bare');
  expect(parse(readFileSync(path, 'utf8'))).toMatchObject({ __internal__: { profile: 'bare' } });
  expect(readFileSync(path, 'utf8')).not.toContain('team');
  await machine().varvel('profiles', 'set', 'bare', 'account=ada');
  expect(parse(readFileSync(path, 'utf8'))).toMatchObject({ __internal__: { profile: 'bare', team: 'ada' } });
});
